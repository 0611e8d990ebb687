"""What became of the questions a family's history raises, and what was answered, with reasons."""
