"""Putting something in the record: adding an entry, answering one, sharing one, judging one.

Nothing typed here is ever lost: every screen is kept as a draft before it is looked at.
"""
