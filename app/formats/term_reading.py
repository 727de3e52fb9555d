"""Understand a term as people write it: code, label or alias, retired ones too."""

from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from app.domain.facets import BY_NAME
from app.domain.resources import ResourceContent
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, fold

OFFERED = 3  # terms named beside one that is not known


@dataclass(frozen=True)
class FoundTerm:
    """What a word means in a vocabulary, and what its author should be told."""

    code: str | None  # None: the vocabulary does not know it
    remark: str = ""  # a sentence, empty where there is nothing to tell


def find_term(vocabulary: Vocabulary, text: str) -> FoundTerm:
    """Return the term that is meant; a retired one gives way to its successor."""
    term = vocabulary.find(text)
    if term is None:
        return FoundTerm(
            None, f"“{text}” is no {_name(vocabulary)} that we know. {_near(vocabulary, text)}"
        )
    now = vocabulary.standing(term)
    if now is not term:
        return FoundTerm(now.code, f"“{term.label}” has become “{now.label}”: taken as that.")
    if term.is_retired:
        return FoundTerm(term.code, f"“{term.label}” is retired and has no successor: kept.")
    return FoundTerm(term.code)


def in_force(content: ResourceContent, taxonomy: Taxonomy) -> ResourceContent:
    """Return the content with terms that were replaced given way to those that did."""
    terms = {
        facet: tuple(
            dict.fromkeys(
                find_term(taxonomy.vocabularies[BY_NAME[facet].vocabulary], code).code or code
                for code in codes
            )
        )
        for facet, codes in content.terms.items()
    }
    return replace(content, terms=terms)


def nearest(vocabulary: Vocabulary, text: str) -> tuple[Term, ...]:
    """Return the three terms that look or sound most like the text, the nearest first."""
    names = [
        (fold(name), term)
        for term in vocabulary.terms
        for name in (term.code, term.label, *term.aliases, *filter(None, (term.label_gd,)))
        if term.is_offered
    ]
    ranked = process.extract(
        fold(text), [name for name, _ in names], scorer=fuzz.WRatio, limit=None
    )
    terms = dict.fromkeys(names[place][1].code for _, _, place in ranked)
    return tuple(vocabulary.by_code[code] for code in list(terms)[:OFFERED])


def _name(vocabulary: Vocabulary) -> str:
    return vocabulary.label.lower()


def _near(vocabulary: Vocabulary, text: str) -> str:
    offered = ", ".join(f"{term.code} ({term.label})" for term in nearest(vocabulary, text))
    return f"The nearest: {offered}." if offered else "There are none."
