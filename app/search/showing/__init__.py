"""What is shown of what was found: snippets, reasons, ways out, suggestions, the like."""
