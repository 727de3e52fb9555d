"""Measuring how well is found: judged queries of our own, and collections from elsewhere."""
