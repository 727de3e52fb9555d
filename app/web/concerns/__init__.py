"""Pages of reporting and moderating."""
