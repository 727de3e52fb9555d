"""The evidence ladder: how far a practice has been tried, computed from records alone.

Practice evidence, not a trial: a rung says who tried it and where, never that it causes anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.resources import Kind

SCHOOLS_ELSEWHERE = 3  # other schools, at least
AUTHORITIES_ELSEWHERE = 2  # that these stand in, at least


class Rung(StrEnum):
    """A step of the ladder, weakest first; codes of content/taxonomy/evidence_grades.yaml."""

    IDEA = "idea"
    TRIED_ONCE = "tried-once"
    REPEATED = "repeated"
    ADOPTED_ELSEWHERE = "adopted-elsewhere"
    EXTERNALLY_EVALUATED = "externally-evaluated"


class Outcome(StrEnum):
    """How a try went, in the words of those who tried."""

    WORKED = "worked"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True)
class Try:
    """One recorded adoption, as far as the ladder looks at it."""

    school_id: int
    authority: str
    outcome: Outcome
    region: str = ""


@dataclass(frozen=True)
class Tally:
    """How many schools tried it, and how it went; a school may have tried it more than once."""

    schools: int = 0
    authorities: int = 0
    regions: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)  # every try, by how it went


@dataclass(frozen=True)
class Tried:
    """How far a practice has been tried, as its records say."""

    rung: Rung = Rung.IDEA
    tally: Tally = Tally()


def tally_of(tries: Iterable[Try]) -> Tally:
    """Count tries: the schools, authorities and regions that they were in, and how they went."""
    held = list(tries)
    went = Counter(one.outcome for one in held)
    return Tally(
        schools=len({one.school_id for one in held}),
        authorities=len({one.authority for one in held}),
        regions=len({one.region for one in held}),
        outcomes={outcome: went[outcome] for outcome in Outcome},
    )


def tallies_by_region(tries: Iterable[Try]) -> dict[str, Tally]:
    """Count tries in each region that has any; the most schools first, then by code."""
    held: dict[str, list[Try]] = {}
    for one in tries:
        held.setdefault(one.region, []).append(one)
    tallies = {region: tally_of(here) for region, here in held.items()}
    return dict(sorted(tallies.items(), key=lambda pair: (-pair[1].schools, pair[0])))


def is_tried_by_its_writers(kind: Kind, school: str | None) -> bool:
    """Say whether a school tells in it what it did itself."""
    return kind is Kind.CASE_STUDY and bool(school)


def rung_of(
    tries: Iterable[Try],
    *,
    school_id: int | None = None,
    is_tried_by_its_writers: bool = False,
    is_evaluated: bool = False,
) -> Rung:
    """Return the highest rung that the records reach.

    `school_id` is the resource's own school, which is not elsewhere. A case study that a school
    wrote of itself is a try of its own. What did not work is a try, and no adoption: it counts
    towards *tried once* alone.
    """
    held = list(tries)
    went = [one for one in held if one.outcome is not Outcome.NOT]
    elsewhere = [one for one in went if one.school_id != school_id]
    schools = {one.school_id for one in elsewhere}
    authorities = {one.authority for one in elsewhere}
    if is_evaluated:
        return Rung.EXTERNALLY_EVALUATED
    if len(schools) >= SCHOOLS_ELSEWHERE and len(authorities) >= AUTHORITIES_ELSEWHERE:
        return Rung.ADOPTED_ELSEWHERE
    if len(went) + is_tried_by_its_writers > 1:
        return Rung.REPEATED
    return Rung.TRIED_ONCE if held or is_tried_by_its_writers else Rung.IDEA
