"""The audit log for those who may read it."""
