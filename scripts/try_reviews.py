"""Let reviewers race and publishing be killed, and look whether all records still agree.

Run it with the project's own Python: `.venv/bin/python scripts/try_reviews.py`. In a temporary
library two leads decide about the same submission at the same moment, again and again: exactly
one decision must stand, and the other must be told. Then a process that publishes is killed with
SIGKILL, at chance moments and just before its steps on the disk, until so many kills fell: each
time the resource must be wholly published or wholly not, in database, history, audit chain, what
its writer was told, index and content folder. Ends with status 1 when anything was wrong.
"""

import argparse
import logging
import statistics
import sys
import tempfile
from pathlib import Path

from killing.publishing import kill_publishing
from killing.review_library import ReviewLibrary
from killing.review_race import race


def main() -> int:
    """Run both trials; return the exit status."""
    options = _options()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        raced = race(ReviewLibrary(_new(folder, "race")), options.pairs)
    print(
        f"{raced.pairs} pairs at once: {dict(raced.won)}, told so: {raced.told}, "
        f"median {statistics.median(raced.took_ms):.0f} ms a pair, failures: {len(raced.faults)}"
    )
    with tempfile.TemporaryDirectory() as folder:
        library = ReviewLibrary(_new(folder, "kill"))
        killed = kill_publishing(library, options.kills, options.seed)
    print(
        f"{killed.kills} publishings killed: {killed.published} wholly published, "
        f"{killed.untouched} wholly not, failures: {len(killed.faults)}"
    )
    faults = raced.faults + killed.faults
    print("\n".join(faults[:10]), end="\n" if faults else "")
    return int(bool(faults))


def _new(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Let reviewers race and publishing be killed.")
    parser.add_argument("--pairs", type=int, default=200, help="of decisions at once")
    parser.add_argument("--kills", type=int, default=100, help="of a process that publishes")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
