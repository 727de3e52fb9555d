"""Whoosh by its own documented means under the clock: one kept searcher, sortable columns.

The total must be exact, so every query is run without a limit; the analysis is ours.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import Analyzer, Token
from whoosh.fields import DATETIME, ID, KEYWORD, TEXT, Schema
from whoosh.query import And, Or, Phrase, Prefix, Query, Term
from whoosh.sorting import FieldFacet

from app.search.analysis import words
from app.search.fields import TEXT_FIELDS, texts_of
from app.search.port import SearchDocument

from .corpus import COUNTED
from .engine import TOP, Found, PageFound
from .queries import Asked

MEMORY_LIMIT_MB = 256
NAMES = [field.name for field in TEXT_FIELDS]


class FormAnalyzer(Analyzer):
    """Our analysis as Whoosh asks for it; pickled into the index by this name."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield a token for each word that has a form, at its place."""
        token = Token(**options)
        for word in words(value):
            if word.form:
                token.text, token.pos = word.form, word.place
                yield token


class WhooshPlain:
    """Whoosh as its own documentation tells to use it."""

    has_page = False  # 27 to 590 ms by its own means: shared measurements, not run again

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "whoosh"

    def build(self, documents: Iterable[SearchDocument]) -> None:
        """Write every document and merge to one segment."""
        self._folder.mkdir(parents=True)
        made = index.create_in(self._folder, _schema())
        writer = made.writer(limitmb=MEMORY_LIMIT_MB)
        for document in documents:
            writer.add_document(**_entry(document))
        writer.commit(optimize=True)

    def open(self) -> None:
        """Open one searcher and keep it."""
        self._index = index.open_dir(self._folder)
        self._searcher = self._index.searcher()

    def find(self, asked: Asked) -> Found:
        """Search without a limit, group where counts are wanted."""
        narrow = Term(asked.facet, asked.code) if asked.facet else None
        more: dict[str, Any] = {}
        if asked.kind == "by date":
            more = {"sortedby": "published", "reverse": True}
        if asked.kind == "facets":
            more["groupedby"] = {facet: FieldFacet(facet, allow_overlap=True) for facet in COUNTED}
        found = self._searcher.search(_query(asked), limit=None, filter=narrow, **more)
        counts: dict[str, dict[str, int]] = {}
        if asked.kind == "facets":
            counts = {f: {c: len(n) for c, n in found.groups(f).items()} for f in COUNTED}
        return Found([found[at]["id"] for at in range(min(TOP, len(found)))], len(found), counts)

    def open_page(self) -> None:
        """Do nothing: `has_page` says so."""

    def page(self, words: str) -> PageFound:
        """Refuse: `has_page` says so."""
        raise NotImplementedError(words)

    def update(self, document: SearchDocument) -> None:
        """Replace one document, commit, and open a searcher that sees it."""
        writer = self._index.writer()
        writer.update_document(**_entry(document))
        writer.commit(merge=False)
        self._searcher.close()
        self._searcher = self._index.searcher()

    def forget(self) -> None:
        """Keep nothing: there is nothing to drop."""


def _query(asked: Asked) -> Query:
    if asked.kind == "prefix":
        return Or([Prefix(f.name, asked.words[0], boost=f.weight) for f in TEXT_FIELDS])
    forms = [word.form for word in words(asked.text) if word.form]
    if asked.kind == "phrase":
        return Or([Phrase(f.name, forms, boost=f.weight) for f in TEXT_FIELDS])
    each = [Or([Term(f.name, form, boost=f.weight) for f in TEXT_FIELDS]) for form in forms]
    return And(each) if asked.kind == "and" else Or(each)


def _schema() -> Schema:
    schema = Schema(id=ID(unique=True, stored=True), published=DATETIME(sortable=True))
    for name in NAMES:
        schema.add(name, TEXT(analyzer=FormAnalyzer()))
    for facet in (*COUNTED, "indicator"):
        schema.add(facet, KEYWORD(sortable=True))
    return schema


def _entry(document: SearchDocument) -> dict[str, Any]:
    entry: dict[str, Any] = {name: text for name, text in texts_of(document).items() if text}
    entry |= {facet: " ".join(codes) for facet, codes in document.facets.items()}
    if document.published_on:
        # Whoosh takes times without a zone.
        entry["published"] = datetime.combine(document.published_on, time())
    return entry | {"id": document.id}
