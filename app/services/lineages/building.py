"""Begin a draft that is built on a published resource, with its licence and where it came from."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed
from app.domain.licences import ADAPTABLE, attribution_of, why_not_build_on
from app.domain.people import Actor
from app.domain.permissions import Action, Place, require
from app.domain.resources import SAMPLE_NOTICE, TITLE_LIMIT, Kind, ResourceContent
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.formats.pictures import PICTURES
from app.formats.sections import Body, join_body, split_body
from app.formats.term_reading import in_force
from app.models.people import Person
from app.models.resource_content import content_of, revision_of
from app.models.resources import Resource, Revision
from app.models.schools import School
from app.services.addresses import provisional_slug
from app.services.family import note_parent
from app.services.ledger import audit
from app.services.published import read_published

ADAPTED = " (adapted)"
# What was found there, and whom to ask there, is theirs to say and not ours.
NOT_KEPT = frozenset({"how-we-know", "impact", "contact"})


@dataclass(frozen=True)
class Plan:
    """What would be built on, and whether it may be."""

    resource: Resource
    revision: Revision
    licence: str  # as people say it; empty where there is none that we know
    problem: str  # why nobody may; empty where they may


def plan(session: Session, actor: Actor, address: str) -> Plan:
    """Return what building on a resource would mean.

    Raises:
        NotAllowed: the actor writes no drafts.
        NotFound: there is no such resource that they may read.
    """
    require(actor, Action.WRITE_DRAFT)
    resource, revision = read_published(session, actor, address)
    label = ADAPTABLE.get(revision.licence or "", "")
    return Plan(resource, revision, label, why_not_build_on(revision.licence))


def build_on(session: Session, actor: Actor, taxonomy: Taxonomy, address: str) -> Revision:
    """Begin a draft of the actor's own place from the words of a published resource.

    Its licence stays, its audience begins as narrow, and it says what it was built on. What was
    found there, contact, notice and files for download are left out. Where the actor has begun one
    already, that one is returned; so it is safe to repeat.

    Raises:
        NotAllowed: the actor writes no drafts, or belongs to no region.
        NotFound: there is no such resource that they may read.
        InvalidInput: its licence does not let others build on it.
    """
    planned = plan(session, actor, address)
    place = Place(actor.region, actor.authority, actor.school_id, _ids(actor), is_submitted=False)
    require(actor, Action.WRITE_DRAFT, place)
    if actor.region is None:
        raise NotAllowed("A draft belongs to a region, and your account has none.")
    if planned.problem:
        raise InvalidInput(planned.problem)
    parent = planned.revision
    begun = _begun_already(session, actor, planned.resource)
    if begun is not None:
        return begun
    revision = revision_of(in_force(_content(session, actor, parent, taxonomy), taxonomy), number=1)
    revision.author_id, revision.school_id = actor.id, actor.school_id
    revision.pictures = [
        picture for picture in parent.pictures if PICTURES + picture.name in revision.body_markdown
    ]
    child_id = str(ULID())
    slug = provisional_slug(child_id)
    session.add(Resource(id=child_id, kind=planned.resource.kind, slug=slug, revisions=[revision]))
    session.flush()
    note_parent(session, child_id, planned.resource.id, parent.number)
    subject, detail = f"revision:{revision.id}", f"resource:{planned.resource.id}"
    audit(session, actor, AuditAction.BUILT_ON, subject, region=actor.region, detail=detail)
    return revision


def _begun_already(session: Session, actor: Actor, parent: Resource) -> Revision | None:
    asked = select(Revision).where(
        Revision.adapted_from == parent.id,
        Revision.author_id == actor.id,
        Revision.state == State.DRAFT,
        Revision.number == 1,
    )
    return session.scalars(asked.order_by(Revision.id.desc())).first()


def _content(
    session: Session, actor: Actor, parent: Revision, taxonomy: Taxonomy
) -> ResourceContent:
    """Return what the draft says at first: the parent's words at the actor's own place."""
    school = session.get(School, actor.school_id) if actor.school_id is not None else None
    person = session.get(Person, actor.id) if actor.id is not None else None
    is_invented = person is not None and person.is_sample
    return replace(
        content_of(parent),
        title=_title(parent.title),
        body=_body(parent.body_markdown, parent.resource.kind),
        region=actor.region or "",
        authority=actor.authority,
        school=" ".join(school.name.split()) if school else None,
        notice=SAMPLE_NOTICE if is_invented else "",
        evidence=None,
        provider=None,
        published_on=None,
        review_by=None,
        attachments=(),
        adapted_from=parent.resource_id,
        attribution=_attribution(parent, taxonomy),
        extra_yaml="",
    )


def _title(title: str) -> str:
    if title.endswith(ADAPTED):
        return title
    return title[: TITLE_LIMIT - len(ADAPTED)].rstrip() + ADAPTED


def _body(body: str, kind: Kind) -> str:
    parts = split_body(body, kind)
    kept = {code: words for code, words in parts.sections.items() if code not in NOT_KEPT}
    return join_body(Body(kept, parts.other, parts.lead), kind)


def _attribution(parent: Revision, taxonomy: Taxonomy) -> str:
    """Return the line that stays with the words; of what is not for everybody without its title."""
    is_public = parent.audience is Audience.PUBLIC
    return attribution_of(
        title=parent.title if is_public else "",
        school=parent.school or "",
        authority=taxonomy.label("authorities", parent.authority) if parent.authority else "",
        number=parent.number,
        licence=parent.licence,
    )


def _ids(actor: Actor) -> tuple[int, ...]:
    return (actor.id,) if actor.id is not None else ()
