"""Reading a family: the family page, the history, lanes, viewpoints, outputs."""
