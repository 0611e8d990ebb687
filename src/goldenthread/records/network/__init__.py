"""Claims of who is who to whom, households, answers to gaps, and people known in two families."""
