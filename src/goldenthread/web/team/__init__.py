"""Who is on the team around a family, and putting somebody on it or ending their place."""
