"""The handbook of patterns as pages, and the partnership's decisions on when a pattern asks."""
