"""Goldenthread: one sourced record per family, for the agencies that protect children."""
