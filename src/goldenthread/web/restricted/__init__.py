"""What restricts a record: who can see it and why, labels, seals, withholding, conflicts."""
