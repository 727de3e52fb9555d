"""Measure a collection's page of 60 items: .venv/bin/python scripts/bench_collection.py."""

import gzip
import re
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask import Flask
from flask.testing import FlaskClient
from ulid import ULID

from app import create_app, db
from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.resources import Kind
from app.domain.workflow import State
from app.formats.markdown import render_note
from app.models.collections import Collection, CollectionItem, CollectionSection
from app.models.resources import Resource, Revision
from app.schema import upgrade
from config import Settings

ITEMS = 60
SECTIONS = 6
ASKED = 60  # times
WORDS = "What the class did, how they know, and what they would change another time. "
MOST_MS = 50
MOST_BYTES = 100_000


def main() -> int:
    """Make the collection, ask for its page, print the figures; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        app = _app(Path(folder))
        address = _collection()
        client = app.test_client()
        first_ms = _ask(client, address)
        median_ms = statistics.median(_ask(client, address) for _ in range(ASKED))
        work_ms = _work(client, address)
        cold_ms = statistics.median(_ask(client, address, is_cold=True) for _ in range(10))
        sizes = _sizes(client, address)
    total = sum(sizes.values())
    print(f"{ITEMS} items, file SQLite: median of {ASKED}: {median_ms:.1f} ms (limit {MOST_MS})")
    print(f"of which the processor works (what other programs take is left out): {work_ms:.1f} ms")
    print(f"the very first: {first_ms:.1f} ms; with no note rendered before: {cold_ms:.1f} ms")
    print(f"first view, compressed: {total:,} bytes (limit {MOST_BYTES:,}): {sizes}")
    return 0 if median_ms < MOST_MS and total < MOST_BYTES else 1


def _app(folder: Path) -> Flask:
    url = f"sqlite:///{folder}/library.sqlite"
    upgrade(url)
    return create_app(
        Settings(
            testing=True,
            database_url=url,
            search_engine="memory",
            content_dir=folder / "content",
            index_dir=folder / "index",
            follower="none",
        )
    )


def _collection() -> str:
    collection = Collection(
        id=str(ULID()),
        slug="sixty",
        title="Sixty accounts of number talk",
        summary=WORDS,
        introduction=WORDS * 8,
        state=CollectionState.PUBLISHED,
        region="tayside",
        published_on=date(2026, 3, 2),
    )
    with db.unit_of_work() as session:
        session.add(collection)
        session.flush()
        for part in range(SECTIONS):
            section = CollectionSection(title=f"Part {part + 1}", position=part)
            collection.sections.append(section)
            session.flush()
            for place in range(ITEMS // SECTIONS):
                resource = _resource(part * 100 + place)
                session.add(resource)
                section.items.append(
                    CollectionItem(
                        collection_id=collection.id,
                        resource=resource,
                        position=place,
                        note=f"Note {part}-{place}: read *this* **first**. {WORDS}",
                        minutes=20,
                    )
                )
    return "sixty"


def _resource(number: int) -> Resource:
    revision = Revision(
        number=1,
        title=f"Number talk {number} in a small school by the sea",
        summary=WORDS * 2,
        body_markdown=f"## Context\n\n{WORDS * 60}\n",
        state=State.PUBLISHED,
        audience=Audience.PUBLIC,
        region="tayside",
        school="Invented Primary School",
        published_on=date(2026, 3, 2),
    )
    slug = f"talk-{number}"
    return Resource(id=str(ULID()), kind=Kind.CASE_STUDY, slug=slug, revisions=[revision])


def _ask(client: FlaskClient, address: str, *, is_cold: bool = False) -> float:
    if is_cold:
        render_note.cache_clear()
    began = time.perf_counter()
    answer = client.get(f"/collections/{address}")
    took_ms = (time.perf_counter() - began) * 1000
    if answer.status_code != 200 or answer.text.count("collected__item") != ITEMS:  # noqa: PLR2004
        raise SystemExit(f"the page is not whole ({answer.status_code})")
    return took_ms


def _work(client: FlaskClient, address: str) -> float:
    """Return the processor's milliseconds for one page, over many."""
    began = time.process_time()
    for _ in range(ASKED):
        _ask(client, address)
    return (time.process_time() - began) * 1000 / ASKED


def _sizes(client: FlaskClient, address: str) -> dict[str, int]:
    """Return the compressed bytes of the page and of the styles, scripts that come with it."""
    html = client.get(f"/collections/{address}").text
    sizes = {"page": len(gzip.compress(html.encode(), 6))}
    for path in re.findall(r'(?:href|src)="(/static/[^"?]+\.(?:css|js))', html):
        data = client.get(path).data
        sizes[path.rpartition("/")[2]] = len(gzip.compress(data, 6))
    return sizes


if __name__ == "__main__":
    sys.exit(main())
