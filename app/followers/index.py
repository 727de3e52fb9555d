"""Carry what the outbox holds into the search index, or draw the index anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from sqlalchemy.orm import Session

from app.db import reading, unit_of_work
from app.domain.events import EventKind, Follower
from app.domain.taxonomy import Taxonomy
from app.followers.documents import (
    collection_documents,
    contents,
    count_published,
    documents,
    how_they_stand,
    published_ids,
)
from app.followers.many_hands import WORTH_MANY_HANDS, documents_by_many
from app.followers.outbox import BATCH, find_recent, find_waiting, mark_handled
from app.models.base import utc_now
from app.models.tag_names import names_of_tags
from app.search.port import Changes, SearchDocument, SearchEngine

LOOKING_BACK = timedelta(minutes=10)  # before a rebuild: clocks are set back at times


@dataclass(frozen=True)
class Difference:
    """Where the index and the database disagree, by the id of a resource or collection."""

    missing: tuple[str, ...] = ()  # published, not in the index
    left_over: tuple[str, ...] = ()  # in the index, not published
    changed: tuple[str, ...] = ()  # in both, with other words

    def __bool__(self) -> bool:
        return bool(self.missing or self.left_over or self.changed)


# The words of the vocabularies, or how to get those of this moment: a term's new label is in its
# file before its event can be read, so whoever looks after reading events has it.
Words = Taxonomy | Callable[[], Taxonomy]


def catch_up(engine: SearchEngine, taxonomy: Words, limit: int = BATCH) -> int:
    """Carry up to `limit` waiting events, oldest first; return how many.

    An event says what changed; the index is given how it stands now. So an
    event carried twice, or ten events about one resource, do no harm. The
    engine writes while the database is free for others.

    Raises:
        SearchUnavailable: the index cannot be written; the events go on waiting.
    """
    with reading() as session:
        waiting = find_waiting(session, Follower.INDEX, limit)
        changes = how_they_stand(session, _now(taxonomy), waiting.subjects)
        are_tags_renamed = EventKind.TAGS_CHANGED in waiting.kinds
        names = names_of_tags(session) if are_tags_renamed else ()
    if not waiting.rows:
        return 0
    if are_tags_renamed:
        engine.name_tags(names)
    if waiting.subjects:
        engine.write(changes.documents, changes.removed)
    with unit_of_work() as session:
        mark_handled(session, waiting)
    return len(waiting.rows)


def rebuild(
    engine: SearchEngine, taxonomy: Words, tell: Callable[[int, int], None] = lambda *_: None
) -> int:
    """Draw the index anew from the database; return its document count.

    What is published meanwhile goes into the old index as ever, and into the new
    one before it takes the old one's place. What waited when it was begun is in
    it, and waits no more.

    Args:
        tell: is told, now and then, how many documents are done, and of how many.

    Raises:
        AlreadyRunning: another process draws it anew.
        SearchUnavailable: it cannot be written, or the disk has too little room.
    """
    late = _Latecomers(taxonomy)
    with reading() as session:
        total = count_published(session)
        if total < WORTH_MANY_HANDS:
            drawn: Iterable[SearchDocument] = documents(session, _now(taxonomy))
        else:
            drawn = chain(
                documents_by_many(contents(session), _now(taxonomy)),
                collection_documents(session, _now(taxonomy)),
            )
        count = engine.rebuild(drawn, lambda done: tell(done, total), late.changes)
    with reading() as session:
        engine.name_tags(names_of_tags(session))
    if engine.is_shared:  # else another process still waits for them
        with unit_of_work() as session:
            mark_handled(session, late.waited)
    return count


class _Latecomers:
    """What was published or withdrawn since this was made, or since it was last asked."""

    def __init__(self, taxonomy: Words) -> None:
        self._taxonomy = taxonomy
        self._since = utc_now() - LOOKING_BACK
        with reading() as session:
            self.waited = find_waiting(session, Follower.INDEX, limit=None)
            self._seen = set(find_recent(session, Follower.INDEX, self._since))

    def changes(self) -> Changes:
        with reading() as session:
            recent = find_recent(session, Follower.INDEX, self._since)
            late = dict.fromkeys(s for row, s in recent.items() if row not in self._seen)
            self._seen.update(recent)
            return how_they_stand(session, _now(self._taxonomy), late)


def _now(taxonomy: Words) -> Taxonomy:
    return taxonomy() if callable(taxonomy) else taxonomy


def compare(session: Session, engine: SearchEngine, taxonomy: Taxonomy) -> Difference:
    """Hold the index against the database.

    Raises:
        SearchUnavailable: there is no readable index.
    """
    held = engine.fingerprints()
    wanted = {document.id: document.fingerprint for document in documents(session, taxonomy)}
    return Difference(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        left_over=tuple(sorted(held.keys() - wanted.keys())),
        changed=tuple(sorted(i for i in wanted.keys() & held.keys() if wanted[i] != held[i])),
    )


def is_of_another_library(engine: SearchEngine) -> bool:
    """Say whether the index holds other things than are published; their words do not count.

    So it is after another copy of the database was put in place.

    Raises:
        SearchUnavailable: there is no readable index.
    """
    with reading() as session:
        return published_ids(session) != engine.fingerprints().keys()
