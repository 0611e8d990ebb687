"""Adding what I know, and correcting, withdrawing or disputing what was said."""
