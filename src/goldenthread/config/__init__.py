"""Wiring only: settings, addresses, the server entry point, the database server, the command line."""
