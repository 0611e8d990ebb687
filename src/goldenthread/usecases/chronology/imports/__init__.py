"""Bringing an agency's spreadsheet into a family's record: receive, arrange, check, confirm, keep.

Nothing is kept before a person has seen what each row would become and confirmed it.
"""
