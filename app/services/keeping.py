"""Keep pictures and files for download: each bytes once, under a name that no other has."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.formats import attachments, pictures
from app.models.pictures import Picture
from app.models.submissions import Attachment

MARK_LENGTH = 8  # characters of the hash, behind a name that another file has


def keep_picture(session: Session, file_name: str, data: bytes, limit_mb: int) -> Picture:
    """Return the picture with these bytes, kept under a name of its own; safe to repeat.

    Raises:
        InvalidInput: it cannot be kept; says why, as half a sentence.
    """
    kind = pictures.media_type(data, limit_mb)
    sha256 = hashlib.sha256(data).hexdigest()
    same = session.scalars(select(Picture).where(Picture.sha256 == sha256)).first()
    if same is not None:
        return same
    name = _free_name(session, Picture, pictures.picture_name(file_name, kind), sha256)
    picture = Picture(name=name, media_type=kind, sha256=sha256, data=data)
    session.add(picture)
    session.flush()
    return picture


def keep_attachment(session: Session, file_name: str, data: bytes, limit_mb: int) -> Attachment:
    """Return the file with these bytes, kept under a name of its own; safe to repeat.

    Raises:
        InvalidInput: it cannot be kept; says why, as half a sentence.
    """
    kind = attachments.media_type(file_name, data, limit_mb)
    sha256 = hashlib.sha256(data).hexdigest()
    same = session.scalars(select(Attachment).where(Attachment.sha256 == sha256)).first()
    if same is not None:
        return same
    name = _free_name(session, Attachment, attachments.attachment_name(file_name), sha256)
    kept = Attachment(name=name, media_type=kind, size=len(data), sha256=sha256, data=data)
    session.add(kept)
    session.flush()
    return kept


def _free_name(
    session: Session, table: type[Picture] | type[Attachment], name: str, sha256: str
) -> str:
    """Return the name, with a piece of the hash where another file has it.

    Names that differ in case alone count as one: some file systems think so.
    """
    holders = select(table.name).where(func.lower(table.name) == name.lower())
    if session.scalars(holders).first() is None:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{sha256[:MARK_LENGTH]}{dot}{ending}"
