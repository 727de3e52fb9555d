"""Tags as programs read and write them."""
