"""Imports, drafts, significance and published chronologies: the work around the history."""
