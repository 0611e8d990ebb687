"""People: children, adults, the unborn, and those we know we do not know."""
