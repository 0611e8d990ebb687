"""Would it have been seen? A history lived through again, for a family and for a file."""
