"""flask commands: the operator's door."""
