"""Make the digests that are due: one for each person, of what they follow and may read now.

A digest, what it tells of, up to when news were gathered and the event for the post are one
transaction. So whoever is killed between two batches repeats nothing and leaves nobody out.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import marks_for
from app.domain.events import EventKind
from app.domain.follows import KEPT_DAYS, SETTLES, FollowKind, Rhythm
from app.domain.people import Actor
from app.domain.permissions import Action, allows, require
from app.domain.taxonomy import Taxonomy
from app.models.actors import actor_of
from app.models.due_digests import people_due
from app.models.follows import Digest, DigestChoice, DigestedThing, Follow, Reading
from app.models.people import Person
from app.search.port import SearchEngine
from app.services.follows.news import AT_ONCE, News, gather
from app.services.ledger import record

BATCH = 100  # people in one transaction
MOST_ITEMS = 20  # told of in one digest; the others are counted
LONGEST_BACK = timedelta(days=60)  # news older than this are none


@dataclass(frozen=True)
class Timetable:
    """When digests are made: now, the hour of Scotland's clock, and the rhythm of most."""

    now: datetime
    hour: int
    usual: Rhythm


def find_due(session: Session, actor: Actor, timetable: Timetable) -> tuple[int, ...]:
    """Return the ids of those whose digest is due, in their order.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.KEEP)
    asked = people_due(timetable.now, timetable.hour, timetable.usual)
    return tuple(sorted(session.scalars(asked)))


def gather_news(
    session: Session, actor: Actor, engine: SearchEngine, taxonomy: Taxonomy, timetable: Timetable
) -> News:
    """Gather once what may be told in any digest that is due.

    Raises:
        NotAllowed: the matrix says no.
        SearchUnavailable: the index cannot answer now.
    """
    require(actor, Action.KEEP)
    until = timetable.now - SETTLES
    return gather(session, engine, taxonomy, until - LONGEST_BACK, until)


def make(
    session: Session,
    actor: Actor,
    news: News,
    people: Collection[int],
    timetable: Timetable,
) -> int:
    """Make the digests of these people, where they are due still; return how many have news.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.KEEP)
    asked = people_due(timetable.now, timetable.hour, timetable.usual)
    due = set(session.scalars(asked.where(Follow.person_id.in_(people))))
    choices = _choices(session, due, timetable.usual)
    told, follows = _told(session, due, news), _follows(session, due)
    made: list[_Made] = []
    for person in _people(session, due):
        choice, reader = choices[person.id], actor_of(person, timetable.now)
        if reader is not None and allows(reader, Action.FOLLOW):
            seen = _Reader(marks_for(reader, news.regions), told.get(person.id, set()))
            reasons = seen.reasons(news, follows[person.id], choice)
            made += [_made(person.id, reasons)] if reasons else []
        choice.looked_at = timetable.now
    _keep(session, made)
    return len(made)


def forget_old_readings(session: Session, actor: Actor, now: datetime) -> None:
    """Forget what people read longer ago than it is kept.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.KEEP)
    session.execute(delete(Reading).where(Reading.read_at < now - timedelta(days=KEPT_DAYS)))


class _Made(NamedTuple):
    """A digest, and the ids of what it tells of."""

    digest: Digest
    things: list[str]


@dataclass(frozen=True)
class _Reader:
    """What one person may see, and what they were told of before."""

    marks: frozenset[str]
    told: set[str]

    def reasons(
        self, news: News, follows: Iterable[Follow], choice: DigestChoice
    ) -> list[tuple[str, list[str]]]:
        """Return ids of resources, newest first, each with what is followed that it came to."""
        found: dict[str, list[str]] = {}
        newest: dict[str, datetime] = {}
        for held in follows:
            if not self._sees(news, held):
                continue
            since = max(choice.looked_at or held.followed_at, held.followed_at) - SETTLES
            for piece in news.under(held.kind, held.key):
                if piece.at <= since or not self._may_be_told(news, piece.resource_id):
                    continue
                found.setdefault(piece.resource_id, []).append(held.label)
                newest[piece.resource_id] = max(newest.get(piece.resource_id, since), piece.at)
        return sorted(found.items(), key=lambda one: (newest[one[0]], one[0]), reverse=True)

    def _sees(self, news: News, held: Follow) -> bool:
        is_collection = held.kind is FollowKind.COLLECTION
        return not is_collection or news.collections.get(held.key) in self.marks

    def _may_be_told(self, news: News, resource_id: str) -> bool:
        return news.marks[resource_id] in self.marks and resource_id not in self.told


def _made(person_id: int, reasons: list[tuple[str, list[str]]]) -> _Made:
    shown = reasons[:MOST_ITEMS]
    items = [{"id": resource_id, "why": labels} for resource_id, labels in shown]
    said = {"items": items, "more": len(reasons) - len(shown)}
    digest = Digest(person_id=person_id, items_json=json.dumps(said, ensure_ascii=False))
    return _Made(digest, [resource_id for resource_id, _ in shown])


def _keep(session: Session, made: list[_Made]) -> None:
    """Keep all of them in two writings, not in two for each."""
    session.add_all(one.digest for one in made)
    session.flush()
    for one in made:
        digest = one.digest
        session.add_all(
            DigestedThing(person_id=digest.person_id, thing_id=thing, digest_id=digest.id)
            for thing in one.things
        )
        record(session, EventKind.DIGEST_MADE, digest.id)
    session.flush()


def _people(session: Session, due: Collection[int]) -> Iterable[Person]:
    return session.scalars(
        select(Person).where(Person.id.in_(due)).options(selectinload(Person.grants))
    ).all()


def _choices(session: Session, due: Collection[int], usual: Rhythm) -> Mapping[int, DigestChoice]:
    asked = select(DigestChoice).where(DigestChoice.person_id.in_(due)).with_for_update()
    held = {choice.person_id: choice for choice in session.scalars(asked)}
    for person_id in due:
        if person_id not in held:
            held[person_id] = DigestChoice(person_id=person_id, rhythm=usual)
            session.add(held[person_id])
    return held


def _follows(session: Session, due: Collection[int]) -> Mapping[int, list[Follow]]:
    found: dict[int, list[Follow]] = {person_id: [] for person_id in due}
    asked = select(Follow).where(Follow.person_id.in_(due)).order_by(Follow.id)
    for held in session.scalars(asked):
        found[held.person_id].append(held)
    return found


def _told(session: Session, due: Collection[int], news: News) -> Mapping[int, set[str]]:
    """Return which of the news each of these people was told of before."""
    found: dict[int, set[str]] = {}
    ids = list(news.marks)
    for start in range(0, len(ids), AT_ONCE):
        asked = select(DigestedThing.person_id, DigestedThing.thing_id).where(
            DigestedThing.person_id.in_(due),
            DigestedThing.thing_id.in_(ids[start : start + AT_ONCE]),
        )
        for person_id, thing_id in session.execute(asked):
            found.setdefault(person_id, set()).add(thing_id)
    return found
