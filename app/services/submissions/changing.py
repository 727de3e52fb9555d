"""Change one part of a draft by itself, as a new version of it."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import WrongState
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.workflow import EDITABLE
from app.models.resources import Revision
from app.models.submissions import DraftVersion
from app.services.submissions.draft_fields import body_fields, fields_of, write_fields
from app.services.submissions.saving import hold_editable, keep_version


def may_write(actor: Actor, revision: Revision) -> bool:
    """Say whether the actor may change the draft as it stands now."""
    return revision.state in EDITABLE and allows(actor, Action.WRITE_DRAFT, revision)


def hold_draft(
    session: Session, actor: Actor, revision_id: int, base_version: int | None = None
) -> Revision:
    """Return a draft that the actor may change, held until the transaction ends.

    `base_version` is the version that the actor looked at.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: the actor may read it and not write it.
        WrongState: it is not being written now, or somebody changed it meanwhile.
    """
    revision = hold_editable(session, actor, revision_id)
    if base_version is not None and base_version != revision.version:
        raise WrongState("Somebody changed this draft while you looked at it. Look again.")
    if _snapshot(session, revision) is None and (revision.author_id or actor.id):
        keep_version(session, revision.author_id or actor.id or 0, revision)
    return revision


def count_version(session: Session, actor: Actor, revision: Revision) -> None:
    """Count a change as a version, and keep how the draft reads now for whoever merges later."""
    revision.version += 1
    revision.edited_at = utc_now()
    session.flush()
    keep_version(session, actor.id or 0, revision)


def renew_version(session: Session, revision: Revision) -> None:
    """Let the version that was kept last say how the draft reads now: it was only just begun."""
    session.flush()
    held = _snapshot(session, revision)
    if held is not None:
        held.fields_json = json.dumps(fields_of(revision), ensure_ascii=False)
        session.flush()


def words_of(revision: Revision) -> dict[str, str]:
    """Return the words of the body by the names of its fields, in the form's order."""
    fields = fields_of(revision)
    return {name: str(fields[name]) for name in body_fields(revision.resource.kind)}


def set_words(revision: Revision, words: dict[str, str]) -> None:
    """Write the words, by the names of their fields, as the body."""
    write_fields(revision, words)


def _snapshot(session: Session, revision: Revision) -> DraftVersion | None:
    asked = select(DraftVersion).where(
        DraftVersion.revision_id == revision.id, DraftVersion.version == revision.version
    )
    return session.scalars(asked).first()
