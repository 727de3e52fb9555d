"""Find entries of the audit log, as far as the actor may read it, with names as they are now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.moments import SCOTLAND
from app.domain.people import Actor
from app.domain.permissions import Action, Scope, require, scope_of
from app.domain.workflow import State
from app.models.audit import AuditEntry
from app.models.people import Person
from app.models.resources import Revision

PER_PAGE = 50
LONGEST_PAGE = 10_000
EXPORT_BATCH = 2000


@dataclass(frozen=True)
class AuditFilters:
    """What to keep to; days are as Scotland counts them, both included."""

    action: AuditAction | None = None
    person: str = ""  # a part of a name or of an e-mail address
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class ToldEntry:
    """An entry with what its ids stand for now."""

    entry: AuditEntry
    who: str
    subject: str

    @property
    def action_label(self) -> str:
        """What was done, in words; as it is written where this version knows no such act."""
        known = self.entry.action in AuditAction.__members__.values()
        return AuditAction(self.entry.action).label if known else self.entry.action


@dataclass(frozen=True)
class AuditPage:
    """One page of entries, newest first."""

    entries: tuple[ToldEntry, ...]
    total: int
    page: int
    per_page: int = PER_PAGE


def find(
    session: Session,
    actor: Actor,
    filters: AuditFilters = AuditFilters(),
    page: int = 1,
) -> AuditPage:
    """Return a page of what the actor may read, newest first.

    Raises:
        NotAllowed: the matrix says no.
    """
    kept = [*_reach(actor), *_kept_to(session, filters)]
    total = session.scalar(select(func.count()).select_from(AuditEntry).where(*kept)) or 0
    page = max(1, min(page, LONGEST_PAGE))
    found = session.scalars(
        select(AuditEntry)
        .where(*kept)
        .order_by(AuditEntry.number.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return AuditPage(tuple(_told(session, found)), total, page)


def read_all(session: Session, actor: Actor) -> Iterator[ToldEntry]:
    """Yield all that the actor may read, oldest first.

    Raises:
        NotAllowed: the matrix says no.
    """
    kept, seen = _reach(actor), 0
    while True:
        batch = session.scalars(
            select(AuditEntry)
            .where(*kept, AuditEntry.number > seen)
            .order_by(AuditEntry.number)
            .limit(EXPORT_BATCH)
        ).all()
        yield from _told(session, batch)
        if len(batch) < EXPORT_BATCH:
            return
        seen = batch[-1].number
        session.expunge_all()


def _reach(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions that keep to what the actor may read."""
    require(actor, Action.READ_AUDIT)
    if scope_of(actor, Action.READ_AUDIT) is Scope.ALL:
        return []
    return [AuditEntry.region == (actor.region or "")]


def _kept_to(session: Session, filters: AuditFilters) -> Iterator[ColumnElement[bool]]:
    if filters.action is not None:
        yield AuditEntry.action == filters.action
    if filters.person:
        yield _by_or_about(session, filters.person)
    if filters.first_on:
        yield AuditEntry.at >= _midnight(filters.first_on)
    if filters.last_on:
        yield AuditEntry.at < _midnight(filters.last_on + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SCOTLAND)


def _by_or_about(session: Session, words: str) -> ColumnElement[bool]:
    people = select(Person.id).where(
        or_(
            Person.name.icontains(words, autoescape=True),
            Person.email.icontains(words, autoescape=True),
        )
    )
    ids = session.scalars(people).all()
    return or_(AuditEntry.actor_id.in_(ids), AuditEntry.subject.in_([f"person:{n}" for n in ids]))


def _told(session: Session, entries: Iterable[AuditEntry]) -> Iterator[ToldEntry]:
    entries = tuple(entries)
    actors = {entry.actor_id for entry in entries if entry.actor_id is not None}
    people = _names(session, actors | _ids(entries, "person"))
    titles = _published_titles(session, _ids(entries, "revision"))
    for entry in entries:
        yield ToldEntry(entry, _who(entry, people), _subject(entry, people, titles))


def _ids(entries: Iterable[AuditEntry], kind: str) -> set[int]:
    parts = (entry.subject.partition(":") for entry in entries)
    return {int(row_id) for name, _, row_id in parts if name == kind and row_id.isdecimal()}


def _names(session: Session, ids: set[int]) -> Mapping[int, str]:
    asked = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {row.id: row.name for row in session.execute(asked)}


def _published_titles(session: Session, ids: set[int]) -> Mapping[int, str]:
    """Return the titles of those that everybody may read: a draft's words stay out of the log."""
    asked = select(Revision.id, Revision.title).where(
        Revision.id.in_(ids), Revision.state == State.PUBLISHED
    )
    return {row.id: row.title for row in session.execute(asked)}


def _who(entry: AuditEntry, people: Mapping[int, str]) -> str:
    if entry.actor_id is None:
        return "The operator" if entry.actor_role == "administrator" else "Somebody not signed in"
    return people.get(entry.actor_id, f"Person {entry.actor_id}")


def _subject(entry: AuditEntry, people: Mapping[int, str], titles: Mapping[int, str]) -> str:
    kind, _, row_id = entry.subject.partition(":")
    known = {"person": people, "revision": titles}.get(kind, {})
    words = f"{kind} {row_id}".strip()
    if row_id.isdecimal() and int(row_id) in known:
        name = known[int(row_id)]
        return name if kind == "person" else f"{words}, “{name}”"
    return words.capitalize()
