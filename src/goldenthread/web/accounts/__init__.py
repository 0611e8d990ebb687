"""The accounts of an agency, for whoever looks after them; and work that is handed on."""
