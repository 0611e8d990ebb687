"""The sweep: every pattern over every family at once, in sets; it agrees with `domain.risk`."""
