"""Tell whether a file holds words that the database does not: those are never written over."""

import hashlib
from dataclasses import fields, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.resources import ResourceContent
from app.domain.taxonomy import Taxonomy
from app.formats.picture_references import without_references
from app.formats.resource_files import ReadingRules, read_resource
from app.formats.sizes import MEBIBYTE
from app.models.pictures import Picture
from app.models.resource_content import content_of
from app.models.resource_tags import is_same_but_tags_put_on
from app.models.resources import Resource
from app.models.submissions import Attachment

LARGEST_MB = 64  # whatever the limit on loading is or was, no file of ours is larger


def holds_other_words(session: Session, path: Path, resource: Resource, taxonomy: Taxonomy) -> bool:
    """Say whether the file says anything that no revision of the resource says.

    A file that cannot be read, or is another resource's, does. A tag that others put on the
    resource, now or before, is no such word.
    """
    if not path.exists():
        return False
    revisions = [content_of(revision) for revision in resource.revisions]
    if not revisions or not path.is_file() or path.stat().st_size > LARGEST_MB * MEBIBYTE:
        return True
    # What loading took from its --default options need not stand in the file.
    given = {"kind": str(resource.kind), "region": revisions[-1].region}
    found = read_resource(
        path.read_bytes(), path.stem, ReadingRules(taxonomy, given, limit_mb=LARGEST_MB)
    )
    if found.content is None or found.id not in (None, resource.id):
        return True
    said = _compared(found.content)
    if found.id is None:
        return not any(_says_no_more(said, _compared(held)) for held in revisions)
    return not any(
        is_same_but_tags_put_on(session, resource, _dated(said, held), _compared(held))
        for held in revisions
    )


def is_known_attachment(session: Session, path: Path) -> bool:
    """Say whether the database holds the bytes of the file, so that it may be replaced."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return session.scalar(select(Attachment.name).where(Attachment.sha256 == sha256)) is not None


def is_known_picture(session: Session, path: Path) -> bool:
    """Say whether the database holds the bytes of the file, so that it may be replaced."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return session.scalar(select(Picture.name).where(Picture.sha256 == sha256)) is not None


def _dated(said: ResourceContent, held: ResourceContent) -> ResourceContent:
    return replace(said, published_on=said.published_on or held.published_on)


def _says_no_more(said: ResourceContent, held: ResourceContent) -> bool:
    """Say whether everything in the one stands in the other, for a file we never wrote."""
    return all(
        getattr(said, field.name) in (getattr(held, field.name), field.default, None, {})
        for field in fields(ResourceContent)
    )


def _compared(content: ResourceContent) -> ResourceContent:
    """Return the content as it is compared: where its pictures and files lie does not count."""
    labels = tuple(replace(ref, name="") for ref in content.attachments)
    return replace(content, body=without_references(content.body), attachments=labels)
