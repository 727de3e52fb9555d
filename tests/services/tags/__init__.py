"""Tests of what becomes of tags."""
