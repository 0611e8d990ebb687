"""Wiring only: settings, addresses, the entry points, the database server, the command line."""
