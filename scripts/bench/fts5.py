"""SQLite FTS5 under the clock: external content, the porter stemmer, prefix indexes, facet tables.

FTS5 knows no small words, so its index is larger; no query here holds any.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument

from .corpus import COUNTED
from .engine import TOP, Found, PageFound
from .queries import Asked

NAMES = [field.name for field in TEXT_FIELDS]
COLUMNS = ", ".join(NAMES)
WEIGHTS = ", ".join(str(field.weight) for field in TEXT_FIELDS)
SCHEMA = f"""
PRAGMA journal_mode = WAL;
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT UNIQUE, published TEXT, {COLUMNS});
CREATE INDEX by_day ON documents (published DESC);
CREATE TABLE facets (facet TEXT, code TEXT, number INTEGER,
  PRIMARY KEY (facet, code, number)) WITHOUT ROWID;
CREATE INDEX by_number ON facets (number, facet, code);
CREATE VIRTUAL TABLE texts USING fts5({COLUMNS}, content='documents', content_rowid='number',
  tokenize="porter unicode61 remove_diacritics 2", prefix='3 4 5');
INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25({WEIGHTS})');
"""
READY = "PRAGMA mmap_size = 2000000000; PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL;"
BEST = """SELECT id FROM documents JOIN
  (SELECT rowid, rank FROM texts WHERE texts MATCH ? {narrow} ORDER BY rank LIMIT {top}) AS best
  ON number = best.rowid ORDER BY best.rank"""
NEWEST = """SELECT id FROM documents WHERE number IN (SELECT rowid FROM texts WHERE texts MATCH ?)
  ORDER BY published DESC LIMIT {top}"""
TOTAL = "SELECT count(*) FROM texts WHERE texts MATCH ? {narrow}"
# The plus keeps SQLite from searching anew for every document that has the value.
NARROW = "AND +rowid IN (SELECT number FROM facets WHERE facet = ? AND code = ?)"
COUNTS = f"""SELECT facet, code, count(*) FROM facets
  WHERE number IN (SELECT rowid FROM texts WHERE texts MATCH ?)
  AND facet IN ({", ".join(repr(facet) for facet in COUNTED)}) GROUP BY facet, code"""


class Fts5:
    """SQLite's full-text search."""

    has_page = False  # it corrects nothing and gives no reasons

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite"

    def build(self, documents: Iterable[SearchDocument]) -> None:
        """Write every document in one transaction, then merge the index to one piece."""
        database = sqlite3.connect(self._path)
        database.executescript(SCHEMA)
        with database:
            for number, document in enumerate(documents, 1):
                _insert(database, number, document)
        with database:
            database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        database.execute("ANALYZE")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def open(self) -> None:
        """Open one connection and keep it."""
        self._database = sqlite3.connect(self._path)
        self._database.executescript(READY)

    def find(self, asked: Asked) -> Found:
        """Put one query as two statements, three where counts are wanted."""
        words: tuple[str, ...] = (_match(asked),)
        narrow = ""
        if asked.facet:
            words, narrow = (*words, asked.facet, asked.code), NARROW
        best = (NEWEST if asked.kind == "by date" else BEST).format(narrow=narrow, top=TOP)
        ids = [row[0] for row in self._database.execute(best, words)]
        total = self._database.execute(TOTAL.format(narrow=narrow), words).fetchone()[0]
        counts: dict[str, dict[str, int]] = {}
        if asked.kind == "facets":
            for facet, code, number in self._database.execute(COUNTS, words):
                counts.setdefault(facet, {})[code] = number
        return Found(ids, total, counts)

    def open_page(self) -> None:
        """Do nothing: `has_page` says so."""

    def page(self, words: str) -> PageFound:
        """Refuse: `has_page` says so."""
        raise NotImplementedError(words)

    def update(self, document: SearchDocument) -> None:
        """Replace one document and commit."""
        with self._database as database:
            asked = f"SELECT number, {COLUMNS} FROM documents WHERE id = ?"
            held = database.execute(asked, (document.id,)).fetchone()
            marks = ", ".join("?" * len(NAMES))
            remove = f"INSERT INTO texts (texts, rowid, {COLUMNS}) VALUES ('delete', ?, {marks})"
            database.execute(remove, held)
            database.execute("DELETE FROM documents WHERE number = ?", held[:1])
            database.execute("DELETE FROM facets WHERE number = ?", held[:1])
            _insert(database, held[0], document)

    def forget(self) -> None:
        """Keep nothing: there is nothing to drop."""


def _insert(database: sqlite3.Connection, number: int, document: SearchDocument) -> None:
    texts = (
        *(document.title, document.summary, "\n".join(document.tags)),
        *("\n".join(document.labels), document.school, document.body),
    )
    marks = ", ".join("?" * len(texts))
    database.execute(
        f"INSERT INTO documents VALUES (?, ?, ?, {marks})",
        (number, document.id, str(document.published_on or ""), *texts),
    )
    database.execute(f"INSERT INTO texts (rowid, {COLUMNS}) VALUES (?, {marks})", (number, *texts))
    database.executemany(
        "INSERT INTO facets VALUES (?, ?, ?)",
        [(facet, code, number) for facet, codes in document.facets.items() for code in codes],
    )


def _match(asked: Asked) -> str:
    """Put the words in FTS5's language; each in quotes, since some are its own words."""
    if asked.kind == "phrase":
        return f'"{asked.text}"'
    if asked.kind == "prefix":
        return f'"{asked.words[0]}" *'
    between = " AND " if asked.kind == "and" else " OR "
    return between.join(f'"{word}"' for word in asked.words)
