"""Challenges: what was raised, every step since, what was praised, and how it is to be done."""
