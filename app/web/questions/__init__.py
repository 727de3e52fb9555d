"""Pages of questions on a resource."""
