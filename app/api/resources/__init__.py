"""The endpoint of one resource, and its answer."""
