"""Pages where administrators edit the vocabularies."""
