"""What follows the outbox: the index and the content folder."""
