"""Pages of the versions of a resource."""
