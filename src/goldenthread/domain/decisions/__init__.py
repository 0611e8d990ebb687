"""Decisions: what was decided, on what grounds, by whom, and what was not known then."""
