"""Signing in and out, and being seen to have done so."""
