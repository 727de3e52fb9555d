"""The files that a draft offers for download."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.errors import InvalidInput, NotFound, TooLarge
from app.domain.people import Actor
from app.domain.resources import ATTACHMENTS_LIMIT, LABEL_LIMIT
from app.formats.attachments import NotAnAttachment, attachment_name, media_type
from app.formats.picture_cleaning import clean_picture
from app.formats.pictures import NotAPicture
from app.models.resources import Revision
from app.models.submissions import Attachment, RevisionAttachment
from app.services.keeping import keep_attachment
from app.services.moving import read_revision
from app.services.submissions.changing import count_version, hold_draft
from app.services.submissions.tidying import one_line

NO_FILE = "There is no such file, or it is not for everyone to read."
PICTURES = ("image/png", "image/jpeg")


def check(file_name: str, data: bytes, limit_mb: int) -> bytes:
    """Return the file's bytes when they may be offered, a picture's cleaned; needs no database.

    Raises:
        InvalidInput: it cannot be offered; the sentence says why.
    """
    name = attachment_name(file_name)
    try:
        kind = media_type(name, data, limit_mb)
        return clean_picture(data, limit_mb) if kind in PICTURES else data
    except (NotAnAttachment, NotAPicture, TooLarge) as refusal:
        raise type(refusal)(f"{name} is not taken: {refusal}.") from None


def add_attachment(
    session: Session,
    actor: Actor,
    revision_id: int,
    *,
    file_name: str,
    data: bytes,
    label: str,
    limit_mb: int,
) -> RevisionAttachment:
    """Offer a file with a draft, behind those that it offers already; `data` has passed `check`.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        WrongState: it is not being written now.
        InvalidInput: the label is missing or too long, or there are too many files.
    """
    revision = hold_draft(session, actor, revision_id)
    said = _checked_label(label)
    if len(revision.attachments) >= ATTACHMENTS_LIMIT:
        raise InvalidInput(f"A draft may offer {ATTACHMENTS_LIMIT} files: remove one first.")
    kept = keep_attachment(session, attachment_name(file_name), data, limit_mb)
    if kept.name in {held.attachment_name for held in revision.attachments}:
        raise InvalidInput("The draft offers this very file already.")
    offered = RevisionAttachment(
        attachment_name=kept.name, attachment=kept, label=said, position=len(revision.attachments)
    )
    revision.attachments.append(offered)
    count_version(session, actor, revision)
    return offered


def remove_attachment(session: Session, actor: Actor, revision_id: int, name: str) -> None:
    """Offer a file no longer; its bytes go when nothing else offers it.

    Raises:
        NotFound: there is no such file, or the draft is not for this actor.
        WrongState: the draft is not being written now.
    """
    revision = hold_draft(session, actor, revision_id)
    offered = _offered(revision, name)
    _forget(session, revision, offered)
    _number(revision.attachments)
    count_version(session, actor, revision)


def move_attachment(session: Session, actor: Actor, revision_id: int, name: str, by: int) -> None:
    """Move a file up (`by` -1) or down (1) among those that the draft offers.

    Raises:
        NotFound: there is no such file, or the draft is not for this actor.
        WrongState: the draft is not being written now.
    """
    revision = hold_draft(session, actor, revision_id)
    order = list(revision.attachments)
    place = order.index(_offered(revision, name))
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    _number(order)
    session.flush()
    session.expire(revision, ["attachments"])
    count_version(session, actor, revision)


def read_draft_attachment(
    session: Session, actor: Actor, revision_id: int, name: str
) -> Attachment:
    """Return a file that a draft offers, with its bytes.

    Raises:
        NotFound: there is none, or the draft is not for this actor.
    """
    _offered(read_revision(session, actor, revision_id), name)
    return _with_bytes(session, name)


def forget_attachments(session: Session, revision: Revision) -> None:
    """Take every file off a draft that is thrown away; safe to repeat."""
    for offered in list(revision.attachments):
        _forget(session, revision, offered)


def _forget(session: Session, revision: Revision, offered: RevisionAttachment) -> None:
    name = offered.attachment_name
    revision.attachments.remove(offered)
    session.flush()
    others = select(RevisionAttachment).where(RevisionAttachment.attachment_name == name)
    if session.scalars(others).first() is None:
        session.delete(session.get_one(Attachment, name))
        session.flush()


def _offered(revision: Revision, name: str) -> RevisionAttachment:
    for offered in revision.attachments:
        if offered.attachment_name == name:
            return offered
    raise NotFound(NO_FILE)


def _with_bytes(session: Session, name: str) -> Attachment:
    asked = select(Attachment).where(Attachment.name == name).options(undefer(Attachment.data))
    return session.scalars(asked).one()


def _number(offered: Sequence[RevisionAttachment]) -> None:
    for position, held in enumerate(offered):
        held.position = position


def _checked_label(label: str) -> str:
    said = one_line(label)
    if not said:
        raise InvalidInput("Say what the file is: it becomes the words of its link.")
    if len(said) > LABEL_LIMIT:
        raise InvalidInput(f"Say what the file is in {LABEL_LIMIT} characters at most.")
    return said
