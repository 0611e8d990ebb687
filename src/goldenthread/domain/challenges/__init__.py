"""Professional challenge: its stages and clock, who answers, and how it was settled."""
