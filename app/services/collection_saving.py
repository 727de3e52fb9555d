"""What every change of a collection leaves behind: its version, the audit entry, the events."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.collections import CollectionState
from app.domain.events import EventKind
from app.domain.people import Actor
from app.formats.collection_writing import collection_to_file
from app.models.base import utc_now
from app.models.collection_content import collection_content_of
from app.models.collections import Collection, CollectionVersion
from app.services.ledger import audit, record

ONE_SITTING = timedelta(minutes=30)  # what one person saves privately within it is one version


def keep_saving(
    session: Session,
    actor: Actor,
    collection: Collection,
    action: AuditAction = AuditAction.COLLECTION_CHANGED,
    *,
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
    and no reader has seen it, nor any file; `is_apart` keeps both.
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
    is_private = collection.state is CollectionState.PRIVATE
    return is_mine and is_private and not is_seen and utc_now() - last.saved_at < ONE_SITTING
