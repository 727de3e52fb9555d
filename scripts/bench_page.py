"""Measure the whole results page over HTTP, as people meet it: python3 scripts/bench_page.py."""

import sys

from bench.options import page_options
from bench.ready import run_inside


def main() -> int:
    """Run the command; return its exit status."""
    page_options()  # what is asked wrongly is told before anything is installed
    return run_inside("bench.page_run")


if __name__ == "__main__":
    sys.exit(main())
