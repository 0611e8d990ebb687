"""Provenance: who said it, for which agency, how they know, when it was known and who was told."""
