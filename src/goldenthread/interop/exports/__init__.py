"""Histories as files: PDF for a meeting, XLSX and CSV in the columns of the import."""
