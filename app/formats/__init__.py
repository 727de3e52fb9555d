"""Bytes in, values out, and back: Markdown, front matter, taxonomy files."""
