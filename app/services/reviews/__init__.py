"""Judging what was submitted: the queue, comments, decisions, publishing."""
