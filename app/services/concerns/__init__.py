"""What is reported to those who moderate, and what they decide."""
