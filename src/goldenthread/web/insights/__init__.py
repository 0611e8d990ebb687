"""What stands unanswered across families, for the people entitled to each view of it."""
