"""The demonstration: invented families, each as the spreadsheets of the agencies that held it.

Answers the finding that each agency held a part and nobody the whole: the parts are here, to be put
together by the real import. It must never hold anything about a real person.
"""
