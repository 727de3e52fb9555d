"""A library in a folder of its own, with submissions that wait and the people who judge them."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from ulid import ULID

from app import db
from app.domain.audit import FIRST_HASH, entry_hash
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.resources import Kind
from app.domain.rubric import CODES
from app.domain.workflow import State, Step
from app.followers import index
from app.followers.runner import Followers
from app.formats.library_folder import resource_path
from app.formats.live_taxonomy import LiveTaxonomy
from app.formats.taxonomy_files import read_taxonomy
from app.models.audit import AuditEntry, AuditHead
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.models.people import Person, RoleGrant
from app.models.resources import Resource, Revision
from app.models.reviews import RevisionStep
from app.models.schools import School
from app.parts import Parts
from app.schema import upgrade
from app.search.engines.whoosh_engine import WhooshEngine
from app.services.accounts.actors import actor_of
from app.services.addresses import provisional_slug
from app.services.reviews import deciding
from config import PROJECT_DIR, Settings

MARKS = dict.fromkeys(CODES, 3)
WHY = "It says what changed, and how they know it."


class ReviewLibrary:
    """A whole library below a folder: database, index, content, two leads and one headteacher."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.settings = Settings(
            testing=True,
            database_url=database_url or f"sqlite:///{folder}/library.sqlite",
            content_dir=folder / "content",
            taxonomy_dir=PROJECT_DIR / "content/taxonomy",
            index_dir=folder / "index",
            follower="none",
        )
        upgrade(self.settings.database_url)
        self.connect()
        self.taxonomy = read_taxonomy(self.settings.taxonomy_dir)
        with db.unit_of_work() as session:
            self.head, *self.leads = [person.id for person in _people(session)]

    def connect(self) -> None:
        """Point this process at the database; a forked child must, for itself."""
        self._engine = db.connect(self.settings.database_url)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def parts(self) -> Parts:
        """Return the parts of an app on this library, with an engine of its own."""
        engine = WhooshEngine(self.settings.index_dir, self.taxonomy)
        live = LiveTaxonomy(self.settings.taxonomy_dir, self.taxonomy)
        return Parts(self.settings, engine, live)

    def lead(self, number: int) -> Actor:
        """Return one of the two leads, as services know them."""
        with db.reading() as session:
            actor = actor_of(session.get_one(Person, self.leads[number]), utc_now())
        assert actor is not None  # noqa: S101 - made above
        return actor

    def submit(self, count: int, state: State = State.SUBMITTED) -> list[int]:
        """Add so many submissions; return their ids."""
        with db.unit_of_work() as session:
            return [self._add(session, number, state) for number in range(count)]

    def _add(self, session: Session, number: int, state: State) -> int:
        resource = Resource(id=str(ULID()), kind=Kind.CASE_STUDY, slug="")
        resource.slug = provisional_slug(resource.id)
        revision = Revision(
            number=1,
            state=state,
            title=f"Submission {number} of {resource.id[-6:].lower()}",
            body_markdown=f"## Context\n\nWords of submission {number}.\n",
            region="tayside",
            authority="angus",
            author_id=self.head,
            school_id=1,
            submitted_at=utc_now(),
        )
        resource.revisions.append(revision)
        session.add(resource)
        session.flush()
        return revision.id

    def carry(self) -> None:
        """Carry what waits into the index and the content folder."""
        Followers(self.parts()).carry()

    def faults(self) -> Iterator[str]:
        """Yield where database, history, audit log, index and content do not agree."""
        parts = self.parts()
        with db.reading() as session:
            difference = index.compare(session, parts.search, self.taxonomy)
            if difference:
                yield f"the index differs: {difference}"
            yield from _faults_of_chain(session)
        yield from self.faults_of(None)

    def faults_of(self, ids: list[int] | None) -> Iterator[str]:
        """Yield where the records of these revisions do not agree; None: of all."""
        asked = select(Revision) if ids is None else select(Revision).where(Revision.id.in_(ids))
        with db.reading() as session:
            for revision in session.scalars(asked):
                yield from self._faults_of(session, revision)

    def _faults_of(self, session: Session, revision: Revision) -> Iterator[str]:
        is_out = revision.state is State.PUBLISHED
        name = f"revision {revision.id} ({revision.state})"
        steps = [step.step for step in revision.steps]
        entries = session.scalars(
            select(AuditEntry.action).where(AuditEntry.subject == f"revision:{revision.id}")
        ).all()
        events = session.scalars(
            select(OutboxEvent).where(OutboxEvent.subject_id == revision.resource_id)
        ).all()
        resource = revision.resource
        file = resource_path(self.settings.content_dir, resource.kind, resource.slug)
        if [f"revision.{step}" for step in steps] != [e for e in entries if e[:9] == "revision."]:
            yield f"{name}: history and audit log differ"
        if steps.count(Step.PUBLISH) != int(is_out) or len(events) != 2 * int(is_out):
            yield f"{name}: published in part"
        told = session.scalars(
            select(Notification).where(
                Notification.kind == NotificationKind.PUBLISHED,
                Notification.path == f"/resources/{resource.slug}",
            )
        ).all()
        if len(told) != int(is_out):
            yield f"{name}: its writer was told {len(told)} times"
        if (
            resource.slug == provisional_slug(resource.id)
        ) is is_out or file.is_file() is not is_out:
            yield f"{name}: its address or its file is wrong"


def _faults_of_chain(session: Session) -> Iterator[str]:
    """Yield where the audit log is no whole chain."""
    previous, number = FIRST_HASH, 0
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
        number += 1
        names = ("number", "actor_id", "actor_role", "action", "subject", "region", "detail")
        fields = {name: getattr(entry, name) for name in names}
        digest = entry_hash(previous, fields, entry.at)
        if (entry.number, entry.previous_hash, entry.hash) != (number, previous, digest):
            yield f"audit entry {entry.number} does not follow the one before"
        previous = entry.hash
    head = session.scalars(select(AuditHead)).first()
    if head is not None and (head.entries, head.hash) != (number, previous):
        yield "the audit log has lost its end"


def decide(actor: Actor, revision_id: int, step: Step) -> None:
    """Decide as a reviewer's page does, in a transaction of its own."""
    with db.unit_of_work() as session:
        deciding.decide(session, actor, revision_id, step, seen_version=1, comment=WHY, marks=MARKS)


def publish(actor: Actor, revision_id: int) -> None:
    """Publish as a reviewer's page does, in a transaction of its own."""
    with db.unit_of_work() as session:
        deciding.publish(session, actor, revision_id)


def decisions_of(revision_id: int) -> list[Step]:
    """Return the steps that a revision took, oldest first."""
    with db.reading() as session:
        asked = select(RevisionStep.step).where(RevisionStep.revision_id == revision_id)
        return list(session.scalars(asked.order_by(RevisionStep.id)))


def _people(session: Session) -> list[Person]:
    school = School(name="Invented Primary", authority="angus", region="tayside", is_sample=True)
    session.add(school)
    session.flush()
    at_school = RoleGrant(
        role=Role.HEADTEACHER, school_id=school.id, authority="angus", region="tayside"
    )
    grants = [at_school, *(RoleGrant(role=Role.REGIONAL_LEAD, region="tayside") for _ in "ab")]
    people = [
        Person(name=f"Invented {n}", email=f"p{n}@sample.example", grants=[grant])
        for n, grant in enumerate(grants)
    ]
    session.add_all(people)
    session.flush()
    return people
