"""The browse pages."""
