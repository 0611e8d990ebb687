"""Families in files: GEDCOM, pedigree columns and our own relations CSV, to and from a network."""
