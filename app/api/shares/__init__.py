"""Shares as programs read and write them."""
