"""Building on a published resource, and the family that comes of it."""
