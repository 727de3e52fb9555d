"""Where a benchmark builds: a folder that is kept, or one that is gone at the end."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from setup.stamps import Stamp, digest_of

from .texts import Text, gather

TEXT = "text.json"


@contextmanager
def workplace(kept: Path | None) -> Iterator[Path]:
    """Yield the folder to build in; without one to keep, a temporary one outside the project."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


def text_in(folder: Path, sources: Sequence[Path], *, is_anew: bool) -> Text:
    """Gather the text of some folders, and write it down for the processes that measure.

    What was gathered before from the same folders is used again, though a page there may
    have changed since: an index of 100,000 documents is not built anew for that.
    """
    stamp = Stamp(folder / f"{TEXT}.stamp")
    made_from = digest_of(*map(str, sources))
    if not is_anew and stamp.holds(made_from):
        return Text.load(folder / TEXT)
    stamp.lift()
    text = gather(sources)
    if not text.paragraphs:
        sys.exit("There is no paragraph of Markdown in the folders given with --text.")
    text.save(folder / TEXT)
    stamp.keep(made_from)
    return text
