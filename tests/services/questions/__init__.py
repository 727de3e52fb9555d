"""Questions: asked, answered, read."""
