"""What kill.py and try_reviews.py do: children that are killed, what to look for."""

import sys
from pathlib import Path

# The product itself is tried, and lies one folder up.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
