"""“I tried this”: who tried what, and how far that takes a practice."""
