"""Writing: drafts, their files, their way to submission."""
