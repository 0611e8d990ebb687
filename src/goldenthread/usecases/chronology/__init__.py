"""Recording, reading, correcting, importing and publishing a family's history."""
