"""The resources pages."""
