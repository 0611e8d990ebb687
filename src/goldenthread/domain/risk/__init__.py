"""Risk over time: patterns that count, explain themselves and ask a question; never a score."""
