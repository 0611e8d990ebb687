"""Who has looked at a family's record, and what a family may be given of that."""
