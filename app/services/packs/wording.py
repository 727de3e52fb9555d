"""What a revision is filed under and where it comes from, in words."""

from dataclasses import dataclass

from app.domain.facets import BY_NAME
from app.domain.pack_contents import PRACTICE_EVIDENCE
from app.domain.taxonomy import Taxonomy
from app.models.resources import Revision


@dataclass(frozen=True)
class RevisionWords:
    """Facts of a revision as people say them."""

    place: str
    stages: tuple[str, ...]  # codes, for a span
    keywords: tuple[str, ...]
    evidence: str


def words_of(revision: Revision, taxonomy: Taxonomy) -> RevisionWords:
    """Return what a pack says of where a revision comes from and what it is about."""
    return RevisionWords(
        place=_place(revision, taxonomy),
        stages=tuple(term.code for term in revision.terms if term.facet == "stage"),
        keywords=_keywords(revision, taxonomy),
        evidence=_evidence(revision, taxonomy),
    )


def _place(revision: Revision, taxonomy: Taxonomy) -> str:
    authority = taxonomy.label("authorities", revision.authority) if revision.authority else ""
    region = taxonomy.label("regions", revision.region)
    said = (revision.school, revision.provider, authority, region)
    return ", ".join(words for words in said if words)


def _keywords(revision: Revision, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the labels, in both languages, and the other names of its terms, and its tags."""
    words: list[str] = []
    for held in revision.terms:
        vocabulary = taxonomy.vocabularies.get(BY_NAME[held.facet].vocabulary)
        term = vocabulary.by_code.get(held.code) if vocabulary else None
        if term:
            words += [term.label, term.label_gd or "", *term.aliases]
    words += [tag.tag for tag in revision.tags]
    return tuple(dict.fromkeys(word for word in words if word))


def _evidence(revision: Revision, taxonomy: Taxonomy) -> str:
    if not revision.evidence_grade:
        return ""
    grade = taxonomy.label("evidence_grades", revision.evidence_grade)
    measure = f": {revision.evidence_measure}" if revision.evidence_measure else ""
    cohort = f" (group of {revision.evidence_cohort})" if revision.evidence_cohort else ""
    return f"{grade}{measure}{cohort}. {PRACTICE_EVIDENCE}."
