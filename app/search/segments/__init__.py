"""The parts of an index that never change: drawn as arrays, mapped from a file, read alike."""
