"""Tags as people use them: put on, taken off, brought together, undone."""
