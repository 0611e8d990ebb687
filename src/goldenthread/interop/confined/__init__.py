"""Opening files from outside in a child process that has little to lose."""
