"""Challenge a decision, answer it, take it further, settle it, and set how that is done."""
