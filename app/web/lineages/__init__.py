"""Pages of building on a resource."""
