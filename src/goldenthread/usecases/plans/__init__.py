"""Write, sign, read and answer for living safety plans."""
