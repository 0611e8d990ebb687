"""What was told about a family, whether it arrived, and what came of it."""
