"""A search engine that answers what it was told to, and remembers what it was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from flask import Flask

from app.domain.errors import SearchUnavailable
from app.search.port import Fragment, Hit, IndexStatus, SearchPage, SearchQuery, Suggestion

NOTHING = SearchPage(hits=(), total=0, facet_counts={})


class FakeSearch:
    """Stands behind the port; set `page` to the answer, `is_away` to take the index away."""

    def __init__(self) -> None:
        self.page = NOTHING
        self.is_away = False
        self.asked: list[SearchQuery] = []

    def search(self, query: SearchQuery) -> SearchPage:
        self._be_there()
        self.asked.append(query)
        return self.page

    def suggest(self, prefix: str, marks: frozenset[str], limit: int = 8) -> list[Suggestion]:
        self._be_there()
        return []

    def similar(self, resource_id: str, marks: frozenset[str], limit: int = 4) -> list[Hit]:
        self._be_there()
        return []

    def name_tags(self, names) -> None:
        self._be_there()

    def is_present(self) -> bool:
        return True  # an index that stands, and cannot answer when `is_away`

    def status(self) -> IndexStatus:
        self._be_there()
        return IndexStatus(documents=7, updated_at=datetime(2026, 11, 2, tzinfo=UTC), size_bytes=1)

    def _be_there(self) -> None:
        if self.is_away:
            raise SearchUnavailable("Search is being put in order and will be back soon.")


@contextmanager
def searching_with(app: Flask, engine: FakeSearch) -> Iterator[FakeSearch]:
    """Let the app search with this engine for one test."""
    parts = app.extensions["parts"]
    app.extensions["parts"] = replace(parts, search=engine)
    try:
        yield engine
    finally:
        app.extensions["parts"] = parts


def a_hit(title: str = "Number talks", **more: object) -> Hit:
    hit = Hit(
        id="01JD8Q2V7NFTK9M4C3XH6RBWZE",
        slug=title.lower().replace(" ", "-"),
        title=title,
        summary="Pupils explain their thinking.",
        facets={
            "kind": ("case-study",),
            "region": ("tayside",),
            "authority": ("angus",),
            "stage": ("p5", "p6"),
        },
        score=12.345678,
        title_fragments=(Fragment(title),),
        snippet=(Fragment("Ten minutes of "), Fragment("number", True), Fragment(" talk.")),
        tags=("number talks",),
        school="Ardlaggan Primary School",
        is_sample=True,
        published_on=date(2026, 10, 2),
    )
    return replace(hit, **more)


def a_page(*hits: Hit, **more: object) -> SearchPage:
    counts = {"region": {"tayside": len(hits), "south-east": 0}, "year": {"2025": 1, "2026": 2}}
    return replace(SearchPage(hits=hits, total=len(hits), facet_counts=counts), **more)
