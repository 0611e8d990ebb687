"""The history of a family: admitting entries, reading them as known, finding same events."""
