"""Agencies, practitioners and accounts: the reference rows every other table points at."""
