"""Where a benchmark builds: a folder that is kept, or one that is gone at the end."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def workplace(kept: Path | None) -> Iterator[Path]:
    """Yield the folder to build in; without one to keep, a temporary one outside the project."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)
