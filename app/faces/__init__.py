"""What the pages, the API and the commands share: they may not import each other."""
