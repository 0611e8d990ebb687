"""Bringing an agency's spreadsheet into a family's record."""
