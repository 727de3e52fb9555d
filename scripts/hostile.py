"""Read every hostile file of the tests as it would be taken in, and print time and memory of each.

    .venv/bin/python scripts/hostile.py

Each is read from a process of its own, so that memory is told for each alone: what the child that
reads it held at its most. A process's figure begins at what its parent held (about 95 MB).
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT_DIR))

from app.domain.errors import InvalidInput  # noqa: E402
from app.formats.intake import take_in  # noqa: E402

LINE = "{seconds:6.2f} s {mb:5.0f} MB  {name:34} {told}"
SHORTEST = 90  # characters of a sentence that is shown
ONE = "--one"  # how the script calls itself for one file


def main() -> None:
    """Print a line for each file, and the worst of all at the end."""
    from tests.formats.intake.hostile_files import hostile_files  # noqa: PLC0415 - slow to make
    from tests.formats.intake.word_files import realistic  # noqa: PLC0415

    files = {"a realistic file": ("a.docx", realistic()), **hostile_files()}
    measured = []
    for name, (file_name, data) in files.items():
        words = [sys.executable, __file__, ONE, file_name]
        done = subprocess.run(words, input=data, capture_output=True, check=True)
        figures = json.loads(done.stdout)
        measured.append(figures)
        print(LINE.format(name=name, **figures), flush=True)
    slowest = max(figures["seconds"] for figures in measured)
    largest = max(figures["mb"] for figures in measured)
    print(f"{len(files)} files: at most {slowest:.2f} s and {largest:.0f} MB")


def take_one(file_name: str, data: bytes) -> dict[str, float | str]:
    """Take one file in and return what came of it, in how many seconds and MB."""
    began = time.monotonic()
    try:
        intake = take_in(file_name, data)
        told = f"taken: {', '.join(sorted(note.what for note in intake.notes))}"
    except InvalidInput as error:
        told = str(error)
    seconds = time.monotonic() - began
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"seconds": seconds, "mb": peak_kb / 1024, "told": told[:SHORTEST]}


if __name__ == "__main__":
    if sys.argv[1:2] == [ONE]:
        print(json.dumps(take_one(sys.argv[2], sys.stdin.buffer.read())))
    else:
        main()
