"""Every pattern over every family at once, from files or from the record: one line a question."""
