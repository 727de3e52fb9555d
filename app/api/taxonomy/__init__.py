"""The endpoint of the controlled vocabularies, and its answer."""
