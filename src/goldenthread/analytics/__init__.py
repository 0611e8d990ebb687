"""Published aggregates and sweeps over every family; sees the reporting views only."""
