"""Begin a draft, throw it away, and send it on its way to review."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.audience import may_read
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, Place, allows, require, require_sight
from app.domain.resources import SAMPLE_NOTICE, Kind, ResourceContent
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import AT_SCHOOL, OPEN, State, Step
from app.formats.resource_files import ReadingRules, read_resource
from app.formats.resource_writing import to_file
from app.formats.term_reading import in_force
from app.models.lineages import Lineage
from app.models.people import Person
from app.models.resource_content import content_of, revision_of
from app.models.resources import FormerSlug, Resource, Revision
from app.models.reviews import ReviewComment, RevisionStep
from app.models.schools import School
from app.models.submissions import DraftVersion, Original, PrivacyAnswer, RevisionAttachment
from app.services.addresses import provisional_slug
from app.services.moving import hold_revision, move, next_number, read_revision
from app.services.submissions.attachments import forget_attachments
from app.services.submissions.check import NotReady, find_gaps
from app.services.submissions.pictures import forget_pictures
from app.services.submissions.privacy import find_open_risks
from app.services.submissions.saving import keep_version
from app.services.submissions.tidying import one_line
from app.services.telling import find_people, tell

MISSING = "There is no such resource, or it is not for everyone to read."
NO_VERSION = "There is no such version of this resource."
UNTITLED = "A draft without a title"


def start(session: Session, actor: Actor, kind: Kind) -> Revision:
    """Begin a new resource: an empty draft that belongs where its writer does.

    Raises:
        NotAllowed: this actor writes no drafts.
    """
    place = Place(actor.region, actor.authority, actor.school_id, _ids(actor), is_submitted=False)
    require(actor, Action.WRITE_DRAFT, place)
    if actor.region is None:
        raise NotAllowed("A draft belongs to a region, and your account has none.")
    school = session.get(School, actor.school_id) if actor.school_id is not None else None
    revision = revision_of(
        ResourceContent(
            kind=kind,
            title="",
            body="",
            region=actor.region,
            authority=actor.authority,
            school=one_line(school.name) if school else None,
            notice=SAMPLE_NOTICE if _is_invented(session, actor) else "",
        ),
        number=1,
    )
    revision.author_id, revision.school_id = actor.id, actor.school_id
    resource_id = str(ULID())
    session.add(
        Resource(
            id=resource_id, kind=kind, slug=provisional_slug(resource_id), revisions=[revision]
        )
    )
    return _begun(session, actor, revision)


def start_from(
    session: Session,
    actor: Actor,
    address: str,
    taxonomy: Taxonomy,
    number: int | None = None,
) -> Revision:
    """Begin a new version of a published resource, from its words or those of an older version.

    It belongs to whom the resource belongs to, whoever begins it. Where one is being written
    already, that one is returned; so it is safe to repeat.

    Raises:
        NotFound: there is no such resource or version that this actor may read.
        NotAllowed: the actor may not write a new version of it.
        WrongState: somebody else is writing one, which this actor may not see.
    """
    resource, published = _published(session, actor, address)
    require(actor, Action.WRITE_DRAFT, published)
    base = published if number is None else _older(session, actor, resource, number)
    # Held, so that of two who begin at once the second meets what the first began.
    session.execute(select(Resource.id).where(Resource.id == resource.id).with_for_update())
    opened = session.scalars(
        select(Revision).where(Revision.resource_id == resource.id, Revision.state.in_(OPEN))
    ).first()
    if opened is not None:
        if allows(actor, Action.READ_DRAFT, opened):
            return opened
        raise WrongState("A new version of this resource is being prepared already.")
    revision = revision_of(
        in_force(content_of(base), taxonomy), number=next_number(session, resource)
    )
    # Where it stands now counts: an older version may be of before a school moved.
    revision.region, revision.authority = published.region, published.authority
    revision.school, revision.school_id = published.school, published.school_id
    revision.author_id = published.author_id or actor.id
    revision.resource_id = resource.id
    revision.pictures = list(base.pictures)
    revision.attachments = [
        RevisionAttachment(
            attachment_name=held.attachment_name, label=held.label, position=held.position
        )
        for held in base.attachments
    ]
    session.add(revision)
    return _begun(session, actor, revision)


def read_to_discard(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a draft that the actor may throw away.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: somebody else began it.
        WrongState: it was submitted once.
    """
    revision = read_revision(session, actor, revision_id)
    _require_discardable(actor, revision)
    return revision


def discard(session: Session, actor: Actor, revision_id: int) -> None:
    """Throw away one's own draft that was never submitted; nothing of it stays.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: somebody else began it.
        WrongState: it was submitted once: what was said about it is kept.
    """
    revision = hold_revision(session, actor, revision_id)
    _require_discardable(actor, revision)
    resource = revision.resource
    forget_pictures(session, revision)
    forget_attachments(session, revision)
    for table in (DraftVersion, Original, PrivacyAnswer, ReviewComment, RevisionStep):
        session.execute(delete(table).where(table.revision_id == revision.id))
    session.expire(revision)
    session.delete(revision)
    session.flush()
    session.expire(resource)
    if not resource.revisions:
        session.execute(delete(Lineage).where(Lineage.resource_id == resource.id))
        session.delete(resource)
    session.flush()


def offer(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Hand one's draft to the headteachers of the school, who sign it off.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: it is not one's own.
        WrongState: it was handed on already.
        InvalidInput: it has no title to know it by.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.OFFER, revision)
    if not revision.title:
        raise NotReady([gap for gap in find_gaps(revision) if gap.field == "title"])
    move(session, actor, revision, Step.OFFER)
    heads = find_people(session, Role.HEADTEACHER, school_id=revision.school_id)
    tell(
        session,
        heads if revision.school_id is not None else (),
        NotificationKind.OFFERED,
        sentence=f"“{revision.title}” waits for you to sign it off.",
        reason="You are a headteacher of the school that it comes from.",
        path=path_of(revision),
    )
    return revision


def submit(session: Session, actor: Actor, revision_id: int, taxonomy: Taxonomy) -> Revision:
    """Send a draft to the region's leads for review; what a teacher offered is signed off by it.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: the actor may not submit it.
        WrongState: it waits for review already, or was decided.
        NotReady: something is missing, or may identify a pupil.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.SUBMIT, revision)
    gaps = find_gaps(revision)
    if gaps:
        raise NotReady(gaps)
    risks = find_open_risks(session, revision)
    if risks:
        raise NotReady([], risks=len(risks))
    _require_portable(revision, taxonomy)
    step = Step.SIGN_OFF if revision.state is State.WITH_SCHOOL else Step.SUBMIT
    move(session, actor, revision, step)
    _tell_submitted(session, actor, revision)
    return revision


def path_of(revision: Revision) -> str:
    """Return the path of the page where a draft stands."""
    return f"/submissions/{revision.id}"


def _is_invented(session: Session, actor: Actor) -> bool:
    """Say whether a draft is written by one of the invented people; it then says so itself."""
    person = session.get(Person, actor.id) if actor.id is not None else None
    return person is not None and person.is_sample


def _require_discardable(actor: Actor, revision: Revision) -> None:
    require(actor, Action.WRITE_DRAFT, revision)
    if actor.id not in revision.owner_ids:
        raise NotAllowed("Only the person who wrote a draft may throw it away.")
    if revision.state not in AT_SCHOOL or revision.submitted_at is not None:
        raise WrongState("This was submitted, and so it is kept with what was said about it.")


def _ids(actor: Actor) -> tuple[int, ...]:
    return (actor.id,) if actor.id is not None else ()


def _begun(session: Session, actor: Actor, revision: Revision) -> Revision:
    session.flush()
    if actor.id is not None:
        keep_version(session, actor.id, revision)
    return revision


def _published(session: Session, actor: Actor, address: str) -> tuple[Resource, Revision]:
    if "\0" in address:
        raise NotFound(MISSING)  # PostgreSQL refuses to be asked for one
    here = or_(Resource.slug == address, Resource.id == address, FormerSlug.slug == address)
    asked = select(Resource).outerjoin(FormerSlug).where(here)
    resource = session.scalars(asked.order_by((Resource.slug == address).desc())).first()
    revision = resource.published if resource else None
    if resource is None or revision is None:
        raise NotFound(MISSING)
    if not may_read(actor, revision.audience, revision.region):
        raise NotFound(MISSING)
    return resource, revision


def _older(session: Session, actor: Actor, resource: Resource, number: int) -> Revision:
    """Return a version that was published once, where the actor may still read it."""
    found = session.scalars(
        select(Revision).where(
            Revision.resource_id == resource.id,
            Revision.number == number,
            Revision.state.in_((State.PUBLISHED, State.SUPERSEDED)),
        )
    ).first()
    if found is None:
        raise NotFound(NO_VERSION)
    require_sight(actor, Action.READ_DRAFT, found, NO_VERSION)
    return found


def _require_portable(revision: Revision, taxonomy: Taxonomy) -> None:
    """Do nothing where the file that will be published gives back what the draft says."""
    content = content_of(revision)
    read = read_resource(to_file(revision.resource_id, content), "", ReadingRules(taxonomy))
    if read.content != content:
        said = " ".join(problem.sentence for problem in read.problems)
        raise InvalidInput(f"This could not be read again from its file. {said}".strip())


def _tell_submitted(session: Session, actor: Actor, revision: Revision) -> None:
    title = revision.title or UNTITLED
    leads = find_people(session, Role.REGIONAL_LEAD, region=revision.region)
    writers = [id_ for id_ in revision.owner_ids if id_ != actor.id]
    tell(
        session,
        [id_ for id_ in leads if id_ not in (*revision.owner_ids, actor.id)],
        NotificationKind.SUBMITTED,
        sentence=f"“{title}” was submitted and waits for review.",
        reason="You review what schools of your region submit.",
        path=f"/reviews/{revision.id}",
    )
    tell(
        session,
        writers,
        NotificationKind.SUBMITTED,
        sentence=f"“{title}” was signed off and submitted for review.",
        reason="You wrote it.",
        path=path_of(revision),
    )
