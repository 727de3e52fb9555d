"""Small makers of test data: say only what the test is about."""

from datetime import date

from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.audience import Audience
from app.domain.people import Actor, Role
from app.domain.resources import Kind
from app.domain.workflow import State
from app.models.resources import Resource, Revision, RevisionTag, RevisionTerm


def an_actor(role: Role = Role.TEACHER, region: str | None = "tayside", id: int = 7) -> Actor:
    return Actor(role=role, id=id, region=region)


def a_resource(
    session: Session,
    *,
    title: str = "Outdoor numeracy",
    kind: Kind = Kind.CASE_STUDY,
    audience: Audience = Audience.PUBLIC,
    region: str = "tayside",
    body: str = "## Context\n\nWe *measured* the playground.\n",
    state: State = State.PUBLISHED,
    terms: dict[str, tuple[str, ...]] | None = None,
    tags: tuple[str, ...] = (),
    **more,
) -> Resource:
    """Return a resource with one revision, flushed to the session."""
    revision = Revision(
        number=1,
        title=title,
        body_markdown=body,
        state=state,
        audience=audience,
        region=region,
        published_on=more.pop("published_on", date(2026, 3, 2)),
        **more,
    )
    pairs = [(facet, code) for facet, codes in (terms or {}).items() for code in codes]
    revision.terms = [
        RevisionTerm(facet=facet, code=code, position=place)
        for place, (facet, code) in enumerate(pairs)
    ]
    revision.tags = [RevisionTag(tag=tag, position=place) for place, tag in enumerate(tags)]
    resource = Resource(
        id=str(ULID()),
        kind=kind,
        slug=title.lower().replace(" ", "-"),
        revisions=[revision],
    )
    session.add(resource)
    session.flush()
    return resource
