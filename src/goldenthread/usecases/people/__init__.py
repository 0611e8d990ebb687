"""Opening a family's record and placing people in it."""
