"""The pages of challenges: raise one, follow it, answer it, settle it, and set how that is done."""
