"""The endpoints where programs write drafts and submit them."""
