"""Show a draft as the page that it will be."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.people import Actor
from app.domain.taxonomy import Taxonomy
from app.formats.markdown import Rendered, render_markdown
from app.models.resources import Revision
from app.services.moving import read_revision
from app.services.submissions.draft_fields import Values, body_of, fields_of
from app.services.submissions.tidying import tidy


@dataclass(frozen=True)
class Preview:
    """A draft with fields that may not be saved yet, as it will be read."""

    revision: Revision
    title: str
    summary: str
    rendered: Rendered


def preview(
    session: Session,
    actor: Actor,
    revision_id: int,
    sent: Values,
    *,
    taxonomy: Taxonomy,
    picture_url: Callable[[str], str],
) -> Preview:
    """Return the draft as it will be read, with the fields that were sent; nothing is saved.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        FieldsRefused: some fields could not be kept either.
    """
    revision = read_revision(session, actor, revision_id)
    values = {**fields_of(revision), **tidy(revision, sent, taxonomy)}
    held = {picture.name for picture in revision.pictures}
    title = str(values["title"])
    rendered = render_markdown(
        body_of(values, revision.resource.kind) if sent else revision.body_markdown,
        picture_url=lambda name: picture_url(name) if name in held else None,
        title=title,
    )
    return Preview(revision, title, str(values["summary"]), rendered)
