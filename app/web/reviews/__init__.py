"""Pages where leads review what was submitted."""
