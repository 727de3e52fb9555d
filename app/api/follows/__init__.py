"""Follows as programs read and write them."""
