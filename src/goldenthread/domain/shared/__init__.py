"""What every context of the domain stands on: partial dates, instants, words and refusals."""
