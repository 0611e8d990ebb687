"""How a family is laid out and drawn: pure geometry and signs; no database, no request, no rule.

It stands between the record and the pages: use cases lay families out and keep the layout, pages
and the command line draw it.
"""
