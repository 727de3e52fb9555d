"""How far resources have been tried: the one place that reads the records of it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.evidence import Tried, Try, is_tried_by_its_writers, rung_of, tally_of
from app.models.adoptions import Adoption, Evaluation
from app.models.resources import Revision

# What still stands, and no moderator hid.
STANDING = (Adoption.deleted_at.is_(None), Adoption.hidden_at.is_(None))


def find_tries(session: Session, resource_ids: Collection[str]) -> dict[str, list[Try]]:
    """Return every try that counts, by resource; a resource without any is left out."""
    asked = select(
        Adoption.resource_id,
        Adoption.school_id,
        Adoption.authority,
        Adoption.outcome,
        Adoption.region,
    ).where(Adoption.resource_id.in_(resource_ids), *STANDING)
    found: dict[str, list[Try]] = {}
    for resource_id, school_id, authority, outcome, region in session.execute(asked):
        found.setdefault(resource_id, []).append(Try(school_id, authority, outcome, region))
    return found


def find_evaluations(session: Session, resource_ids: Collection[str]) -> list[Evaluation]:
    """Return the evaluations that stand, the newest first."""
    asked = (
        select(Evaluation)
        .where(Evaluation.resource_id.in_(resource_ids), Evaluation.removed_at.is_(None))
        .order_by(Evaluation.id.desc())
    )
    return list(session.scalars(asked))


def find_tried(session: Session, revisions: Collection[Revision]) -> dict[str, Tried]:
    """Return how far each of these was tried, by resource id; two questions, however many."""
    ids = [revision.resource_id for revision in revisions]
    tries = find_tries(session, ids)
    evaluated = {evaluation.resource_id for evaluation in find_evaluations(session, ids)}
    return {
        revision.resource_id: tried_of(
            revision,
            tries.get(revision.resource_id, []),
            is_evaluated=revision.resource_id in evaluated,
        )
        for revision in revisions
    }


def tried_of(revision: Revision, tries: Collection[Try], *, is_evaluated: bool) -> Tried:
    """Return how far a resource was tried whose words, tries and evaluations are at hand."""
    rung = rung_of(
        tries,
        school_id=revision.school_id,
        is_tried_by_its_writers=is_tried_by_its_writers(revision.resource.kind, revision.school),
        is_evaluated=is_evaluated,
    )
    return Tried(rung, tally_of(tries))
