"""Measure a merge of tags on 10,000 resources: .venv/bin/python scripts/bench_tags.py.

A temporary SQLite library and Whoosh index; a follower runs in a thread, as beside a server, and
another reader of the same index is asked until it finds all under the name that is kept.
"""

import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import insert
from ulid import ULID

from app import db
from app.domain.audience import Audience
from app.domain.moments import utc_now
from app.domain.people import OPERATOR
from app.domain.resources import Kind
from app.domain.tags import TagStep, slug_of_tag
from app.domain.workflow import State
from app.followers import index
from app.followers.runner import Followers
from app.formats.live_taxonomy import LiveTaxonomy
from app.formats.taxonomy_files import read_taxonomy
from app.models.resources import Resource, Revision, RevisionTag
from app.parts import Parts
from app.schema import upgrade
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.port import SearchQuery
from app.services.tags.changes import undo
from app.services.tags.changing import Wish, change, preview
from app.services.tags.counting import find_held, find_related, find_tags
from config import Settings

RESOURCES = 10_000
WITH_KEPT = 4_000  # that have the kept tag as well
OTHER_TAGS = 2_000
ROUNDS = 5
OLD, KEPT = "times tables", "Multiplication facts"
MARKS = frozenset({"public"})
MOST_MERGE_S, MOST_FOLLOW_S = 2.0, 5.0


def main() -> int:
    """Merge and undo several times; print medians and the worst; return the exit status."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            testing=True,
            database_url=f"sqlite:///{folder}/library.sqlite",
            content_dir=Path(folder) / "content",
            index_dir=Path(folder) / "index",
        )
        upgrade(settings.database_url)
        engine = db.connect(settings.database_url)
        taxonomy = read_taxonomy(settings.taxonomy_dir)
        _fill()
        search = WhooshEngine(settings.index_dir, taxonomy)
        index.rebuild(search, taxonomy)
        followers = Followers(
            Parts(settings, search, LiveTaxonomy(settings.taxonomy_dir, taxonomy))
        )
        followers.start()
        try:
            told = _measure(WhooshEngine(settings.index_dir, taxonomy))
        finally:
            followers.stop()
            engine.dispose()
    for name, seconds in told.items():
        print(f"{name:<44} median {statistics.median(seconds):.3f} s, most {max(seconds):.3f} s")
    is_quick = max(told["merge"]) < MOST_MERGE_S and max(told[FOUND]) < MOST_FOLLOW_S
    is_undone = max(told["undo"]) < MOST_MERGE_S and max(told[BACK]) < MOST_FOLLOW_S
    return 0 if is_quick and is_undone else 1


FOUND = "until another process finds all as one"
BACK = "until it finds them apart again"


Made = TypeVar("Made")


def _measure(reader: WhooshEngine) -> dict[str, list[float]]:
    told: dict[str, list[float]] = {}
    wish = Wish(TagStep.MERGE, into=KEPT)

    def timed(name: str, work: Callable[[], Made]) -> Made:
        begun = time.perf_counter()
        result = work()
        told.setdefault(name, []).append(time.perf_counter() - begun)
        return result

    def merge() -> int:
        with db.unit_of_work() as session:
            return change(session, OPERATOR, slug_of_tag(OLD), wish).id

    def take_back(change_id: int) -> None:
        with db.unit_of_work() as session:
            undo(session, OPERATOR, change_id)

    def read(question: Callable[..., object], *args: object) -> object:
        with db.reading() as session:
            return question(session, OPERATOR, *args)

    for _ in range(ROUNDS):
        timed("what a merge would change", lambda: read(preview, slug_of_tag(OLD), wish))
        made = timed("merge", merge)
        timed(FOUND, lambda: _wait(reader, KEPT, RESOURCES))
        _wait(reader, OLD, RESOURCES)
        timed("the page of the kept tag", lambda: read(find_held, slug_of_tag(KEPT)))
        timed("tags beside it", lambda: read(find_related, slug_of_tag(KEPT)))
        timed("all tags, counted", lambda: read(find_tags))
        timed("undo", partial(take_back, made))
        timed(BACK, lambda: _wait(reader, KEPT, WITH_KEPT))
        _wait(reader, OLD, RESOURCES)
    return told


def _total(reader: WhooshEngine, tag: str) -> int:
    return reader.find(SearchQuery(f'tags:"{tag}"', marks=MARKS)).total


def _wait(reader: WhooshEngine, tag: str, total: int) -> None:
    until = time.perf_counter() + 30
    while _total(reader, tag) != total:
        if time.perf_counter() > until:
            raise TimeoutError(f"{tag}: {_total(reader, tag)} instead of {total}")
        time.sleep(0.01)


def _fill() -> None:
    """Write the library; everything by chance, and the same each time."""
    chance = random.Random(5)  # noqa: S311 - the same library each time, no secret
    others = [f"word {number} of people" for number in range(OTHER_TAGS)]
    resources, revisions, tags = [], [], []
    for number in range(RESOURCES):
        resource_id = str(ULID())
        resources.append({"id": resource_id, "kind": Kind.CASE_STUDY, "slug": f"r-{number}"})
        revisions.append(_revision(number, resource_id))
        own = [OLD, *chance.sample(others, 4)]
        own += [KEPT] if number < WITH_KEPT else []
        tags += [
            {"revision_id": number + 1, "tag": tag, "slug": slug_of_tag(tag), "position": place}
            for place, tag in enumerate(own)
        ]
    with db.unit_of_work() as session:
        session.execute(insert(Resource), resources)
        session.execute(insert(Revision), revisions)
        session.execute(insert(RevisionTag), tags)


def _revision(number: int, resource_id: str) -> dict[str, object]:
    return {
        "id": number + 1,
        "resource_id": resource_id,
        "number": 1,
        "state": State.PUBLISHED,
        "title": f"Practice {number}",
        "body_markdown": f"## Context\n\nPractice number {number} was tried in class.\n",
        "audience": Audience.PUBLIC,
        "region": "tayside",
        "published_at": utc_now(),
        "published_on": date(2026, 1, 1) + timedelta(days=number % 300),
    }


if __name__ == "__main__":
    sys.exit(main())
