"""Agencies' chronologies in and out: spreadsheets read, checked and kept; exports written."""
