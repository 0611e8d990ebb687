"""What became of the posts and accounts of an agency; nothing of any family."""
