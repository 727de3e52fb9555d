"""What people follow, save and look back at, and the digests made of it."""
