"""Our own engine under the clock: WhooshEngine, as the product uses it."""

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from app.domain.taxonomy import Taxonomy
from app.formats.taxonomy_files import read_taxonomy
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.port import SearchDocument, SearchQuery, Sort
from config import Settings

from .engine import TOP, Found, PageFound
from .queries import Asked

# Engine against engine every reader sees everything, so that no peer pays for our marks.
ALL_MARKS = frozenset({"public", "staff"})
VISITOR = frozenset({"public"})
_KNOWN = {one.name for one in fields(SearchQuery)}


class Ours:
    """Our engine; without a taxonomy where words are compared, with ours for the page."""

    has_page = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"

    def build(self, documents: Iterable[SearchDocument]) -> None:
        """Draw the index anew, to the end of what the engine does in the background."""
        engine = self._open_with(_own_taxonomy())
        engine.rebuild(documents)
        getattr(engine, "settle", _nothing)()

    def open(self) -> None:
        """Open the index without a taxonomy: other names would be work that no peer does."""
        self._plain = self._knowing = self._open_with(Taxonomy(vocabularies={}))
        # The first question makes the engine ready; a server asks it before anybody comes.
        self._plain.status()

    def find(self, asked: Asked) -> Found:
        """Ask for ids, total and, where the kind wants them, counts."""
        query = query_of(asked)
        is_counted = asked.kind == "facets"
        find = getattr(self._plain, "find", None)
        if find is None:
            # An engine that has no way to say less answers with the whole page.
            page = self._plain.search(query)
            return Found([hit.id for hit in page.hits], page.total, page.facet_counts)
        found = find(query, is_counted=is_counted)
        return Found(list(found.ids), found.total, found.facet_counts if is_counted else {})

    def open_page(self) -> None:
        """Open the index with the product's own taxonomy."""
        self._knowing = self._open_with(_own_taxonomy())
        self._knowing.status()

    def page(self, words: str) -> PageFound:
        """Answer as the search page asks: taxonomy, correction, reasons and snippets."""
        page = self._knowing.search(SearchQuery(words=words, marks=VISITOR, per_page=TOP))
        return PageFound(
            ids=[hit.id for hit in page.hits],
            total=page.total,
            counts=page.facet_counts,
            snippets=["".join(part.text for part in hit.snippet) for hit in page.hits],
            correction=page.correction.words if page.correction else "",
            reasons=[[reason.matched for reason in hit.reasons] for hit in page.hits],
        )

    def update(self, document: SearchDocument) -> None:
        """Write one document with its commit, as the product does, with its taxonomy."""
        self._knowing.write([document])

    def forget(self) -> None:
        """Drop kept answers."""
        for engine in (self._plain, self._knowing):
            forget_answers(engine)

    def _open_with(self, taxonomy: Taxonomy) -> WhooshEngine:
        return WhooshEngine(self._folder, taxonomy)


def _own_taxonomy() -> Taxonomy:
    return read_taxonomy(Settings().taxonomy_dir)


def query_of(asked: Asked) -> SearchQuery:
    """Put a query as our port takes it."""
    text = asked.text
    more: dict[str, Any] = {}
    if asked.kind == "phrase":
        text = f'"{text}"'
    elif asked.kind == "prefix":
        text = f"{text}*"
    elif asked.kind == "by date":
        more["sort"] = Sort.NEWEST
    elif asked.kind == "and" and "is_all_words" in _KNOWN:
        more["is_all_words"] = True
    if asked.facet:
        more["facets"] = {asked.facet: (asked.code,)}
    return SearchQuery(words=text, marks=ALL_MARKS, per_page=TOP, is_exact=True, **more)


def forget_answers(engine: object) -> None:
    """Drop an engine's kept answers, where it keeps any."""
    getattr(engine, "forget_answers", _nothing)()


def _nothing() -> None:
    """Do nothing: the engine has nothing of the kind."""
