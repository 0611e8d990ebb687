"""People, families and which statements are filed on which family."""
