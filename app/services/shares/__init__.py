"""Sending to one another, and links that let somebody in."""
