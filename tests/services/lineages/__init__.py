"""Lineages: built on, compared, warned."""
