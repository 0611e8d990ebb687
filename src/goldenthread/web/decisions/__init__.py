"""Decisions: the list, one decision, writing and signing one, what changed, and saying it back."""
