"""Living safety plans: what is agreed, what it assumes, and whether that is still so."""
