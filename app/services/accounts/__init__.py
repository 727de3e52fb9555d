"""People with accounts: how they come in, what they may do, how it ends."""
