"""Statements, links between them, who was told and who knows: inserted, never changed."""
