"""Kill the index's writers at any moment, and look whether searching is right at once.

Run it with the project's own Python: `.venv/bin/python scripts/kill.py`. A child process
updates an index in a temporary folder, joins its segments, draws it anew or mends its
arrays, and is killed with SIGKILL: half of the times just before one of its steps on the
disk, each step in turn, half of the times at a chance moment. Then a reader that was open
all along and a fresh one must both answer, at once, as the library stood before the change
or as it stands after it; what was left lying about must be swept by the next writing,
tending and rebuild. Prints a table and ends with status 1 when anything was wrong.
"""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

from killing.trial import Findings, phases, try_phase

KILLS = 50
DOCUMENTS = 300


def main() -> int:
    """Run every phase; return the exit status."""
    options = _options()
    logging.disable(logging.WARNING)  # that arrays are missing is what is tried here
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for phase in phases(Path(folder), options.documents, options.seed):
            found.append(try_phase(phase, options.kills, options.seed, _living))
    _living("")
    _print_table(found)
    return int(any(findings.faults for findings in found))


def _living(text: str) -> None:
    """Show how far it is: on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{text:<60}", end="" if text else "\r", file=sys.stderr, flush=True)
    elif text.split(" of ", maxsplit=1)[0].endswith("0"):
        print(text, file=sys.stderr, flush=True)


def _print_table(found: list[Findings]) -> None:
    print("| killed during | steps on the disk | kills | as before | as after | "
          "first answer, longest | failures |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    for f in found:
        print(f"| {f.phase} | {f.steps} | {f.kills} | {f.before} | {f.after} | "
              f"{f.longest_ms:.0f} ms | {len(f.faults)} |")  # fmt: skip
    for findings in found:
        print("\n".join(findings.faults[:10]), end="\n" if findings.faults else "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kill the index's writers at any moment.")
    parser.add_argument("--kills", type=int, default=KILLS, help="of each kind of writing")
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
