"""The about pages."""
