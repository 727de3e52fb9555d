"""REST v1: the same services, JSON in and out."""
