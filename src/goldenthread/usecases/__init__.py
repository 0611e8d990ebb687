"""What a person or a system can do: one verb, one function, one order of events."""
