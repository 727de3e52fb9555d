"""Hold a collection while it is changed, and keep what every change leaves behind."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.audit import AuditAction
from app.domain.collections import CollectionState
from app.domain.errors import WrongState
from app.domain.events import EventKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.formats.collection_writing import collection_to_file
from app.models.base import utc_now
from app.models.collection_content import collection_content_of
from app.models.collections import Collection, CollectionSection, CollectionVersion
from app.services.collected import read_collection
from app.services.ledger import audit, record

ONE_SITTING = timedelta(minutes=30)  # what one person saves within it is one version
CHANGED_MEANWHILE = (
    "Somebody changed the collection since the version that you sent. Read it anew, and send your "
    "change with the version told there."
)


def hold(
    session: Session,
    actor: Actor,
    address: str,
    *,
    action: Action = Action.COLLECT,
    version: int | None = None,
) -> Collection:
    """Return a collection to change it, with its sections and items; nobody else can meanwhile.

    `version` is the one that the change begins from, where that matters.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: they may read it, and not do this to it.
        WrongState: it has another version by now.
    """
    found = read_collection(session, actor, address)
    require(actor, action, found)
    session.execute(select(Collection.id).where(Collection.id == found.id).with_for_update())
    held = session.scalars(
        select(Collection)
        .where(Collection.id == found.id)
        .options(
            selectinload(Collection.curators),
            selectinload(Collection.sections).selectinload(CollectionSection.items),
        )
        .execution_options(populate_existing=True)
    ).one()
    if version is not None and version != held.version:
        raise WrongState(f"{CHANGED_MEANWHILE} It is version {held.version} now.")
    return held


def keep_saving(
    session: Session,
    actor: Actor,
    collection: Collection,
    action: AuditAction = AuditAction.COLLECTION_CHANGED,
    detail: str = "",
    is_apart: bool = False,
) -> None:
    """Count a saving: its version, the audit entry, and the followers where readers see it.

    `is_apart` keeps the version before it, whoever saved that and when.
    """
    collection.version += 1
    collection.edited_at = utc_now()
    session.flush()
    keep_version(session, actor, collection, is_apart=is_apart)
    audit(
        *(session, actor, action, subject_of(collection)),
        region=collection.region,
        detail=detail,
    )
    if collection.state is CollectionState.PUBLISHED:
        record(session, EventKind.COLLECTION_CHANGED, collection.id)


def keep_version(
    session: Session, actor: Actor, collection: Collection, *, is_apart: bool = False
) -> None:
    """Keep how a collection reads now as a version.

    It takes the place of the last one where the same person saved that within the same sitting,
    and readers have not seen it; `is_apart` keeps both.
    """
    markdown = collection_to_file(collection.id, collection_content_of(collection)).decode()
    last = session.scalars(
        select(CollectionVersion)
        .where(CollectionVersion.collection_id == collection.id)
        .order_by(CollectionVersion.version.desc())
        .limit(1)
    ).first()
    if last is not None and not is_apart and _is_same_sitting(last, actor, collection):
        last.version, last.saved_at, last.markdown = collection.version, utc_now(), markdown
    elif last is None or last.markdown != markdown:
        session.add(
            CollectionVersion(
                collection_id=collection.id,
                version=collection.version,
                person_id=actor.id,
                markdown=markdown,
            )
        )
    session.flush()


def subject_of(collection: Collection) -> str:
    """Return how the audit log names a collection."""
    return f"collection:{collection.id}"


def _is_same_sitting(last: CollectionVersion, actor: Actor, collection: Collection) -> bool:
    is_mine = last.person_id is not None and last.person_id == actor.id
    is_seen = collection.published_at is not None and last.saved_at <= collection.published_at
    return is_mine and not is_seen and utc_now() - last.saved_at < ONE_SITTING
