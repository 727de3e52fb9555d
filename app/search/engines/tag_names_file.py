"""What tags are called now, in a small file beside a Whoosh index, for every process that reads it.

It is written whole and read anew when it was: index/tag_names.json. Drawing the index anew writes
it again, so that it may be deleted like all else in the folder.
"""

import json
import logging
import os
import tempfile
from pathlib import Path
from threading import Lock

from app.domain.errors import SearchUnavailable
from app.domain.tags import TagName
from app.search.answering import Language

NAME = "tag_names.json"
Stamp = tuple[int, int, int]

log = logging.getLogger(__name__)


class TagNamesFile:
    """The names in a folder, as part of the language that queries are read in."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._path = str(folder / NAME)
        self._plain = language  # without names
        self._read: tuple[Stamp | None, Language] = (None, language)
        self._lock = Lock()

    def language(self) -> Language:
        """Return the language with the names that stand now; asked with every search."""
        stamp = self._stamp()
        read = self._read
        if read[0] == stamp:
            return read[1]
        with self._lock:
            if self._read[0] != stamp:
                names = self._names() if stamp else ()
                self._read = stamp, self._plain.with_tags(names) if names else self._plain
            return self._read[1]

    def learn(self, language: Language) -> None:
        """Begin with another language from now on; the names stay."""
        with self._lock:
            names = self._read[1].tags.names
            self._plain = language
            self._read = self._read[0], language.with_tags(names) if names else language

    def write(self, names: tuple[TagName, ...]) -> None:
        """Put these names in place of all that stood there.

        Raises:
            SearchUnavailable: the file cannot be written.
        """
        path = Path(self._path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=path.parent, prefix=NAME, suffix=".new", delete=False
            ) as file:
                json.dump(names, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        except OSError as error:
            raise SearchUnavailable(
                f"The names of tags cannot be written ({error.strerror}). Look at the disk."
            ) from error

    def _stamp(self) -> Stamp | None:
        try:
            told = os.stat(self._path)  # noqa: PTH116 - a plain name: a path costs ten times more
        except OSError:
            return None
        return told.st_ino, told.st_mtime_ns, told.st_size

    def _names(self) -> tuple[TagName, ...]:
        try:
            rows = json.loads(Path(self._path).read_text(encoding="utf-8"))
            return tuple(TagName(*row) for row in rows)
        except (OSError, ValueError, TypeError):
            log.warning("the names of tags cannot be read: tags are called as they were written")
            return ()
