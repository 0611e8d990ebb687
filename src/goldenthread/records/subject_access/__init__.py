"""Packs for people who asked what is kept about them: references, decisions, checks, releases."""
