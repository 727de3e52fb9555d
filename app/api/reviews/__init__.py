"""The endpoints where programs review, publish, withdraw and restore."""
