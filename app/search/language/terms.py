"""The taxonomy's terms as names: any label or alias leads to what is filed under the term.

A term is found by its permanent code, so a new alias works without a new index. An alias
(sensory) leads to the resources filed under the term, not to every other alias of it.
Stages are read in stages.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.facets import FACETS, Facet
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, fold
from app.search.language.meanings import (
    ACRONYM_WEIGHT,
    TYPED_WEIGHT,
    VARIANT_WEIGHT,
    Concept,
    Label,
)
from app.search.language.stage_meanings import FACET as STAGE

LABEL, PIECE, ALIAS = range(3)  # how a name stands to a term
SHORT_ALIAS = 2  # letters; an alias so short (PE, NA) counts only as it is written

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PIECES = re.compile(r",\s*|\s+and\s+|\s*/\s*")


@dataclass(frozen=True)
class TermName:
    """One name of a term."""

    name: str
    concepts: tuple[Concept, ...]  # the term, and its successor where it is retired
    label: Label
    rank: int  # LABEL, PIECE (dyslexia of "Autism, ADHD, dyslexia and ...") or ALIAS
    is_filter: bool


def names_of_terms(taxonomy: Taxonomy) -> Iterator[TermName]:
    """Yield every name of every term that resources can be filed under, by facet."""
    for facet in FACETS:
        vocabulary = taxonomy.vocabularies.get(facet.vocabulary)
        if vocabulary and facet.name != STAGE and not facet.is_computed:
            for term in vocabulary.terms:
                yield from _names(term, vocabulary, facet)


def plain_name(text: str) -> str:
    """Return a name without what stands in brackets: Pupil Equity Funding, not (PEF) besides."""
    return _IN_BRACKETS.sub("", text)


def is_acronym(name: str) -> bool:
    """Say whether a name is compared whole: PEF, ACEs, H&WB; not Glow, nor Insight."""
    capitals = sum(letter.isupper() for letter in name)
    return " " not in name and capitals > 1 and capitals * 2 > sum(map(str.isalpha, name))


def _names(term: Term, vocabulary: Vocabulary, facet: Facet) -> Iterator[TermName]:
    seen: set[str] = set()
    for rank, names in enumerate((_labels(term), _pieces(term), _aliases(term, facet))):
        for name in names:
            if fold(name) not in seen and (rank != ALIAS or _names_it(name, facet)):
                seen.add(fold(name))
                yield _term_name(name, term, vocabulary, facet, rank)


def _term_name(name: str, term: Term, vocabulary: Vocabulary, facet: Facet, rank: int) -> TermName:
    weight = (TYPED_WEIGHT, VARIANT_WEIGHT, ACRONYM_WEIGHT if is_acronym(name) else VARIANT_WEIGHT)
    successor = vocabulary.by_code.get(term.replaced_by or "")
    found = (term, successor) if successor else (term,)
    # Autism is told as Autism, not as the whole label that it is a piece of.
    told = name[:1].upper() + name[1:] if rank == PIECE else plain_name(term.label)
    return TermName(
        name,
        tuple(Concept(facet.name, t.code, t.label, weight[rank]) for t in found),
        Label(told, facet.name, term.code),
        rank,
        facet.is_filter,
    )


def _labels(term: Term) -> tuple[str, ...]:
    return (term.label, plain_name(term.label), *((term.label_gd,) if term.label_gd else ()))


def _pieces(term: Term) -> tuple[str, ...]:
    pieces = tuple(piece for piece in _PIECES.split(plain_name(term.label)) if piece)
    aliases = {fold(alias) for alias in term.aliases}
    # Only what is an alias too: additional of "Mental, emotional and social" names nothing.
    return tuple(piece for piece in pieces if fold(piece) in aliases) if len(pieces) > 1 else ()


def _aliases(term: Term, facet: Facet) -> tuple[str, ...]:
    councils = (f"{term.label} Council",) if facet.name == "authority" else ()
    return (*term.aliases, *councils)


def _names_it(name: str, facet: Facet) -> bool:
    # Curriculum is the title of a quality indicator, and nearly never meant as one.
    return facet.name != "indicator" or " " in name
