"""May this person do this? One pure function, driven by one table, refusing by default."""
