"""An invented partnership of any size, for trying the service at the size of a real one."""
