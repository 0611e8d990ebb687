"""The audit trail: append only, no foreign keys, written in the transaction it describes."""
