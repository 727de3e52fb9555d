"""The terms of the vocabularies, as administrators edit them."""
