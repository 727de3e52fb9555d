"""What a submission may repeat: published resources, and submissions of the region."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.audience import marks_for
from app.domain.near_duplicates import Like, find_like
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.formats.markdown import plain_text
from app.models.resources import Revision
from app.search.port import SearchEngine, SearchQuery

CANDIDATES = 30  # that share words with it
MOST_SHOWN = 5


@dataclass(frozen=True)
class NearDuplicate:
    """Another text that says nearly the same."""

    revision: Revision
    like: Like

    @property
    def is_published(self) -> bool:
        """Whether it stands in the library."""
        return self.revision.state is State.PUBLISHED


def find_near_duplicates(
    session: Session, actor: Actor, taxonomy: Taxonomy, engine: SearchEngine, revision: Revision
) -> list[NearDuplicate]:
    """Return texts of other resources that say nearly the same, the likest first; at most 5.

    Only what the actor may see is looked at.

    Raises:
        SearchUnavailable: the index cannot answer now.
    """
    query = SearchQuery(
        words=f"{revision.title} {revision.summary}"[:300],
        marks=marks_for(actor, taxonomy.codes("regions")),
        per_page=CANDIDATES,
    )
    ids = [hit.id for hit in engine.search(query).hits]
    published = _others(session, revision, Revision.resource_id.in_(ids))
    published = [r for r in published if r.state is State.PUBLISHED]
    waiting = _others(
        session,
        revision,
        Revision.state.in_((State.SUBMITTED, State.APPROVED, State.CHANGES_WANTED)),
        Revision.region == revision.region,
    )
    seen = {str(r.id): r for r in (*published, *waiting) if _may_see(actor, r)}
    texts = ((key, plain_text(r.body_markdown)) for key, r in seen.items())
    found = find_like(plain_text(revision.body_markdown), texts)[:MOST_SHOWN]
    return [NearDuplicate(seen[like.id], like) for like in found]


def _others(session: Session, revision: Revision, *conditions: object) -> list[Revision]:
    asked = select(Revision).where(
        Revision.resource_id != revision.resource_id,
        *conditions,  # type: ignore[arg-type]  # columns compared, whatever their type
    )
    return list(session.scalars(asked.options(joinedload(Revision.resource))))


def _may_see(actor: Actor, revision: Revision) -> bool:
    return revision.state is State.PUBLISHED or allows(actor, Action.READ_DRAFT, revision)
