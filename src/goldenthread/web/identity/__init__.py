"""Signing in through an agency's own identity provider (OpenID Connect)."""
