"""Pages of what people follow, save and look back at."""
