"""Measure drawing a network day's pack of eight resources: python3 scripts/bench_pack.py."""

import sys

from bench.ready import run_inside


def main() -> int:
    """Run the command; return its exit status."""
    return run_inside("bench.pack_run")


if __name__ == "__main__":
    sys.exit(main())
