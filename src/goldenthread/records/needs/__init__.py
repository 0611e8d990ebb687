"""What adults need and are good at, what is done differently for them, and whether it was done."""
