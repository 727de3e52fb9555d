"""Moderation: reported, hidden, shown again."""
