"""Save a draft as it is written, so that of two who write at once neither loses a word."""

import json
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.errors import WrongState
from app.domain.merging import Clash, Merged, Value, merge
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import EDITABLE
from app.models.resources import Revision
from app.models.submissions import DraftVersion
from app.services.moving import hold_revision, read_revision
from app.services.submissions.draft_fields import Values, fields_of, settled, write_fields
from app.services.submissions.tidying import tidy

MOST_VERSIONS = 50  # kept however old they are
KEPT = timedelta(days=7)  # and all of these days

Draft = Revision  # for the faces, which do not know tables


@dataclass(frozen=True)
class Saved:
    """What became of a saving.

    Where fields clash nothing was written: `values` hold mine in those fields and everything that
    both wrote in the others, to be settled and sent again from `revision.version`.
    """

    revision: Revision
    values: Values
    clashes: tuple[Clash, ...] = ()
    merged_from: tuple[str, ...] = ()  # the names of those who saved since the page was opened
    taken_over: tuple[str, ...] = ()  # the fields that they changed


def hold_editable(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a draft that the actor may write in, held until the transaction ends.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: the actor may read it and not write in it.
        WrongState: it waits for a decision, or was decided.
    """
    return _editable(actor, hold_revision(session, actor, revision_id))


def read_editable(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a draft as `hold_editable` does, to look at only.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: the actor may read it and not write in it.
        WrongState: it waits for a decision, or was decided.
    """
    return _editable(actor, read_revision(session, actor, revision_id))


def _editable(actor: Actor, revision: Revision) -> Revision:
    require(actor, Action.WRITE_DRAFT, revision)
    if revision.state not in EDITABLE:
        raise WrongState(f"This is {revision.state.label}, and cannot be changed now.")
    return revision


def save(
    session: Session,
    actor: Actor,
    revision_id: int,
    base_version: int,
    sent: Values,
    *,
    taxonomy: Taxonomy,
) -> Saved:
    """Save the fields that were sent; a field that was not stays as it is.

    Where somebody saved since `base_version`, the version that the page was opened with, both
    changes are put together; what cannot be is given back as clashes. Safe to repeat.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        NotAllowed: the actor may not write in it.
        WrongState: it cannot be changed now.
        FieldsRefused: some fields cannot be kept.
    """
    revision = hold_editable(session, actor, revision_id)
    kind, before = revision.resource.kind, fields_of(revision)
    tidied = tidy(revision, sent, taxonomy)
    base = before if base_version == revision.version else _base(session, revision, base_version)
    mine = settled({**(base or before), **tidied}, kind)
    merged = merge(base or {}, mine, before)
    others = _others_since(session, actor, revision, base_version)
    if not merged.clashes:
        _write(session, actor, revision, settled(merged.values, kind))
    changed = tuple(name for name in before if base is not None and base.get(name) != before[name])
    return Saved(
        revision=revision,
        values=_complete(merged, before),
        clashes=merged.clashes,
        merged_from=others if changed or merged.clashes else (),
        taken_over=changed,
    )


def keep_version(session: Session, actor_id: int, revision: Revision) -> None:
    """Keep how the draft reads now, as what a later merge may start from."""
    fields = json.dumps(fields_of(revision), ensure_ascii=False)
    session.add(
        DraftVersion(
            revision_id=revision.id,
            version=revision.version,
            person_id=actor_id,
            fields_json=fields,
        )
    )
    session.flush()


def write_version(session: Session, actor: Actor, revision: Revision, values: Values) -> bool:
    """Write fields that are fit to be kept as a new version; return whether anything changed.

    The draft is held by `hold_editable`.
    """
    return _write(session, actor, revision, settled(values, revision.resource.kind))


def _write(session: Session, actor: Actor, revision: Revision, values: Values) -> bool:
    _keep_present_version(session, actor, revision)
    if not write_fields(revision, values):
        return False
    revision.version += 1
    revision.edited_at = utc_now()
    session.flush()
    keep_version(session, _id_of(actor), revision)
    _prune(session, revision)
    return True


def _keep_present_version(session: Session, actor: Actor, revision: Revision) -> None:
    """Keep the version that is about to be left, where no saving has kept it."""
    if _snapshot(session, revision, revision.version) is None:
        keep_version(session, revision.author_id or _id_of(actor), revision)


def _id_of(actor: Actor) -> int:
    if actor.id is None:
        raise WrongState("Only somebody with an account writes drafts.")
    return actor.id


def _snapshot(session: Session, revision: Revision, version: int) -> DraftVersion | None:
    asked = select(DraftVersion).where(
        DraftVersion.revision_id == revision.id, DraftVersion.version == version
    )
    return session.scalars(asked).first()


def _base(session: Session, revision: Revision, version: int) -> dict[str, Value] | None:
    """Return the fields as they were; None where that version is kept no longer."""
    held = _snapshot(session, revision, version)
    if held is None:
        return None
    read: dict[str, str | list[str]] = json.loads(held.fields_json)
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in read.items()
    }


def _others_since(
    session: Session, actor: Actor, revision: Revision, version: int
) -> tuple[str, ...]:
    asked = (
        select(DraftVersion)
        .where(DraftVersion.revision_id == revision.id, DraftVersion.version > version)
        .order_by(DraftVersion.version)
        .options(joinedload(DraftVersion.person))
    )
    names = (
        "you, in another window" if saved.person_id == actor.id else saved.person.name
        for saved in session.scalars(asked)
    )
    return tuple(dict.fromkeys(names))


def _complete(merged: Merged, before: Values) -> dict[str, Value]:
    return {name: merged.values.get(name, before[name]) for name in before}


def _prune(session: Session, revision: Revision) -> None:
    """Drop old versions; of each person the last stays, since who wrote may not review."""
    of_this = DraftVersion.revision_id == revision.id
    last = select(func.max(DraftVersion.id)).where(of_this).group_by(DraftVersion.person_id)
    session.execute(
        delete(DraftVersion)
        .where(
            of_this,
            DraftVersion.version <= revision.version - MOST_VERSIONS,
            DraftVersion.saved_at < utc_now() - KEPT,
            DraftVersion.id.not_in(last),
        )
        .execution_options(synchronize_session=False)
    )
