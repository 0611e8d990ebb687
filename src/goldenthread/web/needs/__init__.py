"""What the adults of a family need: read, written down, agreed, and used."""
