"""A person asks for what is kept about them: what is left out, why, and what leaves."""
