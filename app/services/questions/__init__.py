"""Questions on a resource, and their answers."""
