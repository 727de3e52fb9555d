"""Writing a resource: drafts, their saving and checking, and the way to submission."""
