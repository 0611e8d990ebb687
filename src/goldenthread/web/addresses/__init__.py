"""Safe addresses: the pages that keep and show them, and the guard of everything that leaves."""
