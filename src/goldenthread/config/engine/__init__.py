"""Django's PostgreSQL engine, with instants that are read often read once."""
