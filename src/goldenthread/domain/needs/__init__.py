"""What the adults of a family need and are good at, and what is done differently for them."""
