"""Suggest terms and tags from what a draft says; the person who writes decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.audience import Audience
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.formats.markdown import plain_text
from app.models.resources import Revision, RevisionTag
from app.search.language.synonyms import Thesaurus
from app.search.language.term_suggestions import TermSuggester, suggest_tags

# Everybody who writes may read what these are for.
_FOR_ALL_WRITERS = (Audience.PUBLIC, Audience.STAFF)


@dataclass(frozen=True)
class Suggestions:
    """What a draft could be filed under and is not yet, the best first."""

    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # codes by facet
    tags: tuple[str, ...] = ()


class Suggester:
    """What the taxonomy tells about words, made ready at the first draft that asks."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._suggester = TermSuggester(taxonomy, Thesaurus(taxonomy))

    def suggest(self, session: Session, revision: Revision) -> Suggestions:
        """Suggest from the words as they are saved; what the draft has already is left out."""
        body = plain_text(revision.body_markdown)
        found = self._suggester.suggest_terms(revision.title, revision.summary, body)
        held = {(term.facet, term.code) for term in revision.terms}
        terms = {
            facet: tuple(code for code in codes if (facet, code) not in held)
            for facet, codes in found.items()
        }
        words = "\n".join((revision.title, revision.summary, body))
        mine = {tag.tag for tag in revision.tags}
        tags = suggest_tags(words, _tags_in_use(session))
        return Suggestions(terms, tuple(tag for tag in tags if tag not in mine))


def _tags_in_use(session: Session) -> dict[str, int]:
    """Return the tags of published resources that everybody who writes may read, with counts."""
    asked = (
        select(RevisionTag.tag, func.count())
        .join(Revision, Revision.id == RevisionTag.revision_id)
        .where(Revision.state == State.PUBLISHED, Revision.audience.in_(_FOR_ALL_WRITERS))
        .group_by(RevisionTag.tag)
    )
    return {row.tag: row[1] for row in session.execute(asked)}
