"""Scheduled and administrative work; one use case each."""
