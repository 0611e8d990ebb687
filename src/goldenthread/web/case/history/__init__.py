"""The History page: what happened, in order, and who knew; as a list and as lanes."""
