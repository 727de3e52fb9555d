"""Adoptions as programs read and write them."""
