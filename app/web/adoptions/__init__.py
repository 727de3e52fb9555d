"""Pages of “I tried this”."""
