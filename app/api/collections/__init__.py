"""Collections as programs read and write them."""
