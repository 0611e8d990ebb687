"""Read and add to the network around a family; answer what is not known about it."""
