"""What somebody tried that their role does not reach: on record, once a minute for each thing."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.people import Actor
from app.models.audit import AuditEntry
from app.services.ledger import audit

ONCE_IN = timedelta(minutes=1)


def is_noted(session: Session, actor: Actor, action: str, now: datetime) -> bool:
    """Say whether the same was refused to the same person within the last minute."""
    asked = select(AuditEntry.at).where(
        AuditEntry.action == AuditAction.REFUSED,
        AuditEntry.actor_id == actor.id,
        AuditEntry.detail == action,
    )
    last = session.scalars(asked.order_by(AuditEntry.number.desc()).limit(1)).first()
    return last is not None and last > now - ONCE_IN


def note(session: Session, actor: Actor, action: str) -> None:
    """Write down that somebody was refused something; `action` is from the matrix."""
    subject = f"person:{actor.id}"
    audit(session, actor, AuditAction.REFUSED, subject, region=actor.region, detail=action)
