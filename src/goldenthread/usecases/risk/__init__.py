"""Risk over time: the shipped patterns, and a past case lived through again. Needs no database."""
