"""Inviting people, and keeping everybody's accounts."""
