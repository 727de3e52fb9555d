"""What people were told, and what they wish to be mailed about."""
