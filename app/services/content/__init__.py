"""The library's files taken in, and files, database and taxonomy held together."""
