"""A chronology file lived through day by day: which questions would have been asked, and when."""
