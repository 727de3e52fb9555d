"""Collections: begun, ordered, published, read."""
