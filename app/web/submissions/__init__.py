"""The pages of writing: drafts, their files, their way to submission."""
