"""The pages: one folder to each feature, with its views and forms."""
