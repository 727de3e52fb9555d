"""Pages and files of a network day’s pack."""
