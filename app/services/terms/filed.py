"""What is filed under the terms of a vocabulary, as the record holds it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.domain.facets import TERM_LISTS
from app.domain.workflow import State
from app.models.collections import Collection
from app.models.people import Invitation, RoleGrant
from app.models.resources import Resource, Revision, RevisionTerm
from app.models.schools import School

# Vocabularies of which a resource has one value: the column that holds it.
_COLUMNS: Mapping[str, Any] = {
    "kinds": Resource.kind,
    "regions": Revision.region,
    "authorities": Revision.authority,
    "learning_types": Revision.learning_type,
    "evidence_grades": Revision.evidence_grade,
    "costs": Revision.evidence_cost,
}
# Other rows that hold a code.
_ELSEWHERE: Mapping[str, tuple[Any, ...]] = {
    "regions": (School.region, RoleGrant.region, Invitation.region, Collection.region),
    "authorities": (
        School.authority,
        RoleGrant.authority,
        Invitation.authority,
        Collection.authority,
    ),
    "sectors": (School.sector,),
}
_FACETS = {facet.vocabulary: facet.name for facet in TERM_LISTS}
_IS_PUBLISHED = Revision.state == State.PUBLISHED


def count_filed(session: Session, vocabulary: str) -> dict[str, int]:
    """Return how many published resources are filed under each term, by code; of all audiences."""
    if vocabulary in _COLUMNS:
        column = _COLUMNS[vocabulary]
        asked = select(column, func.count()).select_from(Revision).join(Resource)
    elif vocabulary in _FACETS:
        column = RevisionTerm.code
        asked = select(column, func.count()).join(Revision, Revision.id == RevisionTerm.revision_id)
        asked = asked.where(RevisionTerm.facet == _FACETS[vocabulary])
    else:
        return {}
    asked = asked.where(_IS_PUBLISHED, column.is_not(None)).group_by(column)
    return {str(row[0]): row[1] for row in session.execute(asked)}


def published_under(vocabulary: str, code: str) -> Select[str] | None:
    """Return the question for the ids of what is published under a term; None: nothing can be."""
    asked = select(Revision.resource_id).where(_IS_PUBLISHED)
    if vocabulary in _COLUMNS:
        return asked.join(Resource).where(_COLUMNS[vocabulary] == code)
    if vocabulary in _FACETS:
        return asked.where(Revision.terms.any(_is_term(vocabulary, code)))
    return None


def is_used(session: Session, vocabulary: str, code: str) -> bool:
    """Say whether anything ever held the code: a revision in any state, a place of somebody."""
    if vocabulary in _COLUMNS:
        asked = select(Revision.id).join(Resource).where(_COLUMNS[vocabulary] == code)
    elif vocabulary in _FACETS:
        asked = select(Revision.id).where(Revision.terms.any(_is_term(vocabulary, code)))
    else:
        return False
    if session.scalar(asked.limit(1)) is not None:
        return True
    columns = _ELSEWHERE.get(vocabulary, ())
    return any(session.scalar(select(c).where(c == code).limit(1)) is not None for c in columns)


def _is_term(vocabulary: str, code: str) -> ColumnElement[bool]:
    return (RevisionTerm.facet == _FACETS[vocabulary]) & (RevisionTerm.code == code)
