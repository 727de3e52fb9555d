"""Measure our search beside tantivy, SQLite FTS5 and Whoosh: python3 scripts/bench_search.py."""

import sys

from bench.options import search_options
from bench.ready import run_inside


def main() -> int:
    """Run the command; return its exit status."""
    search_options()  # what is asked wrongly is told before anything is installed
    return run_inside("bench.search_run")


if __name__ == "__main__":
    sys.exit(main())
