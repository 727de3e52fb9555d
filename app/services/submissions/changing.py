"""Change a draft in one place, as a new version of it."""

import json

from sqlalchemy.orm import Session

from app.domain.errors import WrongState
from app.domain.people import Actor
from app.domain.permissions import Action, allows, require
from app.domain.workflow import EDITABLE
from app.formats.sections import Body, join_body, split_body
from app.models.base import utc_now
from app.models.resources import Revision
from app.models.submissions import DraftVersion
from app.services.moving import hold_revision

LEAD, OTHER = "lead", "other"  # the words of a body that stand in no section


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
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.WRITE_DRAFT, revision)
    if revision.state not in EDITABLE:
        raise WrongState(f"This is {revision.state.label} now, so it cannot be changed.")
    if base_version is not None and base_version != revision.version:
        raise WrongState("Somebody changed this draft while you looked at it. Look again.")
    return revision


def may_write(actor: Actor, revision: Revision) -> bool:
    """Say whether the actor may change the draft as it stands now."""
    return revision.state in EDITABLE and allows(actor, Action.WRITE_DRAFT, revision)


def keep_version(session: Session, actor: Actor, revision: Revision) -> None:
    """Count the change, and keep how the draft reads now for whoever merges later."""
    revision.version = revision.version + 1
    revision.edited_at = utc_now()
    keep_snapshot(session, actor, revision)


def keep_snapshot(session: Session, actor: Actor, revision: Revision) -> None:
    """Keep how the draft reads at its version, for whoever merges later."""
    session.add(
        DraftVersion(
            revision_id=revision.id,
            version=revision.version,
            person_id=actor.id,
            fields_json=json.dumps(form_fields(revision), ensure_ascii=False),
        )
    )
    session.flush()


def form_fields(revision: Revision) -> dict[str, str | list[str]]:
    """Return the draft as the fields of its form, by name."""
    return {
        "title": revision.title,
        "summary": revision.summary,
        **words_of(revision),
        "tags": [tag.tag for tag in revision.tags],
    }


def words_of(revision: Revision) -> dict[str, str]:
    """Return the words of the body by section code; `lead` and `other` stand in no section."""
    body = split_body(revision.body_markdown, revision.resource.kind)
    return {LEAD: body.lead, **body.sections, OTHER: body.other}


def set_words(revision: Revision, words: dict[str, str]) -> None:
    """Write the words, by section code, as the body."""
    sections = {code: text for code, text in words.items() if code not in (LEAD, OTHER)}
    body = Body(sections, words.get(OTHER, ""), words.get(LEAD, ""))
    revision.body_markdown = join_body(body, revision.resource.kind)
