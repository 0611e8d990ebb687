"""The workspace in which a request for what is kept about somebody is answered."""
