"""What a practitioner does in a browser, from signing in to the page that answers."""
