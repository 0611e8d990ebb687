"""Who works with which family, and from when to when: what access is decided from."""
