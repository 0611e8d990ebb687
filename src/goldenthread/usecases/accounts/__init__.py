"""Who works for an agency and may sign in: joining, changing post, leaving, being confirmed."""
