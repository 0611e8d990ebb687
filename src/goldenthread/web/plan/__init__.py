"""The safety plan: read it, write it, answer for it, and give each person their own."""
