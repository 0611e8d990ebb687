"""Decisions: written as drafts, signed once, told, read, said back, and never changed."""
