"""The thread: what new information changes, and because of which entries; top of the spine."""
