"""The verbs of safe addresses: keep, be shown, tell; and of documents: ask, check, decide."""
