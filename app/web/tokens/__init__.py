"""Tokens for a person's own programs."""
