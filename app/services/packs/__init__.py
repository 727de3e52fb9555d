"""What a network day takes along from a collection."""
