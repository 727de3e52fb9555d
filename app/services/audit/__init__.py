"""The audit log, read: whether it is whole, and what stands in it."""
