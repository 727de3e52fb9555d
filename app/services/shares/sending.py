"""Send a resource or a collection to people, and take it back."""

from datetime import timedelta

from sqlalchemy import String, cast, func, insert, literal, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound, TooManyTries
from app.domain.events import HEARD_BY, EventKind
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.sharing import MESSAGE_LIMIT, MOST_SENT_AN_HOUR, MOST_WIDE_A_DAY, SharedWith
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.models.shares import Share
from app.services.ledger import audit
from app.services.shares.recipients import Recipient, find_readers
from app.services.shares.things import SharedThing, may_make_link

GONE = "There is no such share, or it is not yours."
WAIT_S = 3600
WIDE = (SharedWith.AUTHORITY, SharedWith.REGION)
AT_ONCE = 1000  # rows to one statement


def send(
    session: Session, actor: Actor, thing: SharedThing, recipient: Recipient, message: str = ""
) -> tuple[Share, int]:
    """Send a thing that the actor may read; return the share, and how many are told.

    Only those are told who may read it themselves: a share opens nothing.

    Raises:
        NotAllowed: the actor may not share.
        InvalidInput: the message is too long, or nobody whom it is for may read the thing.
        TooManyTries: the actor sent very much lately.
    """
    require(actor, Action.SHARE)
    # PostgreSQL keeps no NUL.
    said = message.replace("\0", "").replace("\r\n", "\n").strip()
    if len(said) > MESSAGE_LIMIT:
        raise InvalidInput(f"Shorten the message to {MESSAGE_LIMIT:,} characters.")
    _keep_within_limits(session, actor, recipient)
    readers = find_readers(session, actor, thing, recipient)
    if not readers:
        raise InvalidInput(_nobody(session, actor, thing, recipient))
    share = Share(
        from_id=actor.id,
        message=said,
        shared_with=recipient.kind,
        **{recipient.column: recipient.value},
        **thing.keys,
    )
    session.add(share)
    session.flush()
    _tell(session, actor, thing, share, readers)
    audit(
        session,
        actor,
        AuditAction.SHARED,
        f"share:{share.id}",
        region=actor.region,
        detail=f"{thing.kind}:{thing.id} to {recipient.kind}, {len(readers)} told",
    )
    return share, len(readers)


def take_back(session: Session, actor: Actor, share_id: int) -> None:
    """Take back what the actor sent: it stands on nobody's list any more; twice is harmless.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is none, or somebody else sent it.
    """
    require(actor, Action.SHARE)
    share = session.get(Share, share_id)
    if share is None or share.from_id != actor.id:
        raise NotFound(GONE)
    if share.taken_back_at is None:
        share.taken_back_at = utc_now()
        session.flush()
        audit(
            session,
            actor,
            AuditAction.SHARE_TAKEN_BACK,
            f"share:{share.id}",
            region=actor.region,
        )


def _keep_within_limits(session: Session, actor: Actor, recipient: Recipient) -> None:
    now = utc_now()
    sent = select(func.count()).select_from(Share).where(Share.from_id == actor.id)
    hour = session.scalar(sent.where(Share.shared_at > now - timedelta(hours=1))) or 0
    if hour >= MOST_SENT_AN_HOUR:
        raise TooManyTries(
            f"You sent {MOST_SENT_AN_HOUR} within an hour: go on in a while. Nothing was sent now.",
            WAIT_S,
        )
    if not recipient.is_wide:
        return
    wide = sent.where(Share.shared_with.in_(WIDE), Share.shared_at > now - timedelta(days=1))
    if (session.scalar(wide) or 0) >= MOST_WIDE_A_DAY:
        raise TooManyTries(
            f"You sent {MOST_WIDE_A_DAY} to whole authorities or regions within a day: go on "
            "tomorrow, or send it to a school or a group. Nothing was sent now.",
            WAIT_S,
        )


def _nobody(session: Session, actor: Actor, thing: SharedThing, recipient: Recipient) -> str:
    who = recipient.label
    if thing.is_private:
        why = "This collection is private: only its curators can read it. Publish it first."
    elif thing.is_restricted:
        why = f"Nothing was sent: {who} may not read this {thing.kind}."
    else:
        why = f"Nothing was sent: there is no account in use for {who}."
    if may_make_link(session, actor, thing):
        why += " You may make a secret link for them instead: it is below."
    return why


def _tell(
    session: Session, actor: Actor, thing: SharedThing, share: Share, readers: tuple[int, ...]
) -> None:
    """Tell all of them with a few statements: a region may have thousands."""
    now, path = utc_now(), f"/shares/{share.id}"
    told = {
        "kind": NotificationKind.SHARED,
        "sentence": f"{actor.name} shared “{thing.title}” with you."[:500],
        "reason": "a colleague sent it to you",
        "path": path,
        "told_at": now,
    }
    for start in range(0, len(readers), AT_ONCE):
        rows = [{**told, "person_id": one} for one in readers[start : start + AT_ONCE]]
        session.execute(insert(Notification), rows)
    for follower in HEARD_BY[EventKind.PERSON_TOLD]:
        subjects = select(
            literal(follower, OutboxEvent.follower.type),
            literal(EventKind.PERSON_TOLD, OutboxEvent.kind.type),
            cast(Notification.id, String(26)),
            literal(now, OutboxEvent.happened_at.type),
        ).where(Notification.path == path, Notification.kind == NotificationKind.SHARED)
        columns = ["follower", "kind", "subject_id", "happened_at"]
        session.execute(insert(OutboxEvent).from_select(columns, subjects))
