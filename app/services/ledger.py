"""Write down what happened, in the same transaction as the change itself."""

from sqlalchemy import Select, insert, literal, select
from sqlalchemy.orm import Session

from app.domain.audit import FIRST_HASH, AuditAction, entry_hash
from app.domain.events import HEARD_BY, EventKind
from app.domain.people import Actor
from app.models.audit import AuditEntry, AuditHead
from app.models.base import Moment, utc_now
from app.models.outbox import OutboxEvent


def record(session: Session, kind: EventKind, subject_id: str | int) -> None:
    """Leave an event for each follower that hears of it; it stands or falls with the change."""
    session.add_all(
        OutboxEvent(follower=follower, kind=kind, subject_id=str(subject_id))
        for follower in HEARD_BY[kind]
    )


def record_many(session: Session, kind: EventKind, subjects: Select[str]) -> None:
    """Leave an event about each id that a question gives, in one statement to a follower."""
    for follower in HEARD_BY[kind]:
        asked = subjects.add_columns(
            literal(str(follower)), literal(str(kind)), literal(utc_now(), Moment)
        )
        columns = ["subject_id", "follower", "kind", "happened_at"]
        session.execute(insert(OutboxEvent).from_select(columns, asked))


def audit(
    session: Session,
    actor: Actor,
    action: AuditAction,
    subject: str,
    *,
    region: str | None = None,
    detail: str = "",
) -> None:
    """Add an entry to the audit log, chained to the one before.

    `subject` is a kind and an id, such as `revision:17`; `region` says whose leads may read the
    entry; `detail` is a few plain words, never a secret and never words of a draft.
    """
    head = _locked_head(session)
    at = utc_now()
    fields: dict[str, str | int | None] = {
        "number": head.entries + 1,
        "actor_id": actor.id,
        "actor_role": str(actor.role),
        "action": str(action),
        "subject": subject,
        "region": region,
        "detail": detail[:300],
    }
    digest = entry_hash(head.hash, fields, at)
    session.add(AuditEntry(**fields, at=at, previous_hash=head.hash, hash=digest))
    head.entries, head.hash = head.entries + 1, digest
    session.flush()


def _locked_head(session: Session) -> AuditHead:
    """Return the end of the chain, held until this transaction ends: entries come one by one."""
    head = session.scalars(
        select(AuditHead).with_for_update().execution_options(populate_existing=True)
    ).first()
    if head is None:
        head = AuditHead(id=1, entries=0, hash=FIRST_HASH)
        session.add(head)
        session.flush()
    return head
