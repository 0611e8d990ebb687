"""The history of a family: admitting entries, reading them as known on a day, finding same events."""
