"""The changes of tags that were made: listed, and undone.

Undoing puts every tag that was touched back as it stood. What was tagged meanwhile stays with the
name that it was put on by. A change that a later one builds on waits until that is undone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import NotFound, WrongState
from app.domain.events import EventKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, Place, allows, require
from app.domain.tags import TagStep
from app.models.base import utc_now
from app.models.tags import Tag, TagChange
from app.services.ledger import audit, record
from app.services.tags.counting import everybody, uses
from app.services.tags.reach import place_of_slugs, require_reach

MOST_LISTED = 200


@dataclass(frozen=True)
class ChangeLine:
    """A change that was made, as it is listed."""

    id: int
    step: TagStep
    sentence: str
    made_at: datetime
    undone_at: datetime | None
    may_undo: bool  # no later change builds on it


def undo(session: Session, actor: Actor, change_id: int) -> TagChange:
    """Put every tag that a change touched back as it stood.

    Raises:
        NotFound: there is no such change within the actor's reach.
        NotAllowed: the tag stands outside their reach by now.
        WrongState: it is undone already, or a later change of the same tag comes first.
    """
    made = session.get(TagChange, change_id)
    if made is None or not _may_know_of(actor, made):
        raise NotFound("There is no such change of a tag.")
    before, touched = _tags_before(made), _touched(made)
    require_reach(actor, place_of_slugs(session, _slugs(session, touched)))
    if made.undone_at is not None:
        raise WrongState("This is undone already.")
    later = _later(session, made, touched)
    if later is not None:
        raise WrongState(f"Undo the later change first: {sentence_of(later)}")
    held = {tag.id: tag for tag in session.scalars(select(Tag).where(Tag.id.in_(touched)))}
    for row in before:
        tag = held[row["id"]]
        tag.label, tag.merged_into_id = row["label"], row["merged_into_id"]
        tag.retired_at = datetime.fromisoformat(row["retired_at"]) if row["retired_at"] else None
    made.undone_at = utc_now()
    session.flush()
    _keep_new_name(session, made)
    session.flush()
    for tag in held.values():
        session.expire(tag, ["merged_into"])
    subject = f"tag:{made.tag_id}"
    said = sentence_of(made)
    audit(session, actor, AuditAction.TAG_UNDONE, subject, region=made.region, detail=said)
    record(session, EventKind.TAGS_CHANGED, made.tag_id)
    return made


def find_changes(session: Session, actor: Actor) -> list[ChangeLine]:
    """Return the changes within the actor's reach, newest first.

    Raises:
        NotAllowed: the actor keeps no tags.
    """
    require(actor, Action.KEEP_TAGS)
    asked = select(TagChange)
    if actor.role is Role.REGIONAL_LEAD:
        asked = asked.where(TagChange.region == actor.region)
    found, later = [], set[int]()
    for made in session.scalars(asked.order_by(TagChange.id.desc()).limit(MOST_LISTED)):
        is_done = made.undone_at is None
        may_undo = is_done and not later & _touched(made)
        later |= _touched(made) if is_done else set()
        found.append(line_of(made, may_undo=may_undo))
    return found


def line_of(made: TagChange, *, may_undo: bool = False) -> ChangeLine:
    """Return a change as it is listed."""
    return ChangeLine(made.id, made.step, sentence_of(made), made.made_at, made.undone_at, may_undo)


def sentence_of(made: TagChange) -> str:
    """Return what was done, as a sentence."""
    told = json.loads(made.before_json)
    was, now = told["tags"][0]["label"], told["now"]
    match made.step:
        case TagStep.MERGE:
            return f"“{was}” was merged into “{now}”."
        case TagStep.RENAME:
            return f"“{was}” was renamed “{now}”."
        case TagStep.RETIRE:
            return f"“{was}” was retired."


def as_it_stood(touched: Iterable[Tag], label: str) -> str:
    """Return what it takes to undo a change, the changed tag first; `label`: its name after."""
    tags = [
        {
            "id": tag.id,
            "label": tag.label,
            "merged_into_id": tag.merged_into_id,
            "retired_at": tag.retired_at.isoformat() if tag.retired_at else None,
        }
        for tag in touched
    ]
    return json.dumps({"tags": tags, "now": label}, ensure_ascii=False)


def _tags_before(made: TagChange) -> Sequence[Mapping[str, Any]]:
    return list(json.loads(made.before_json)["tags"])


def _touched(made: TagChange) -> set[int]:
    return {row["id"] for row in _tags_before(made)}


def _may_know_of(actor: Actor, made: TagChange) -> bool:
    return allows(actor, Action.KEEP_TAGS, Place(region=made.region))


def _slugs(session: Session, ids: Iterable[int]) -> Sequence[str]:
    return session.scalars(select(Tag.slug).where(Tag.id.in_(ids))).all()


def _later(session: Session, made: TagChange, touched: set[int]) -> TagChange | None:
    """Return the last later change that stands and touched one of the same tags."""
    asked = select(TagChange).where(TagChange.id > made.id, TagChange.undone_at.is_(None))
    for other in session.scalars(asked.order_by(TagChange.id.desc())):
        if touched & _touched(other):
            return other
    return None


def _keep_new_name(session: Session, made: TagChange) -> None:
    """Let the name that a renaming gave lead to the tag, where somebody used it meanwhile."""
    if made.step is not TagStep.RENAME or made.into_id is None:
        return
    into = session.get_one(Tag, made.into_id)
    if (
        into.merged_into_id is None
        and session.execute(select(uses(everybody(), [into.slug]))).first()
    ):
        into.merged_into_id = made.tag_id
