"""Addresses that are kept safe: who may have one, where its words stand, and what may leave."""
