"""The Picture page: what is building up, what is holding, and what has not been answered."""
