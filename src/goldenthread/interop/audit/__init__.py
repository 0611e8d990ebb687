"""The log that proves the record, towards the outside: operators and partner agencies."""
