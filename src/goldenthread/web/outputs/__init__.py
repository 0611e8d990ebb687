"""Histories on paper and fixed for a meeting: PDF, and published chronologies."""
