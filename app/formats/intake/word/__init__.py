"""Word files: unpacked with distrust, copied part by part into a clean file, and only then read."""
