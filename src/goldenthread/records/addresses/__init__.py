"""Safe addresses, encrypted with a key of their own, and the documents held because of them."""
