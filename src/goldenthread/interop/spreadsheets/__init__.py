"""Chronologies as files: agencies' XLSX and CSV read safely, and the same columns written.

Answers the finding that each agency kept its own account and nobody held them side by side: an
agency's own spreadsheet, in its own layout, is enough to take part. A file from outside is opened
only in a child process, and what it says is never turned into a formula, a guess or a silence.
"""
