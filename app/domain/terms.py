"""Editing terms: what may be changed, what must hold afterwards, and what a change comes to."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from app.domain.errors import InvalidInput, WrongState
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, fold

LONGEST_CODE = 50  # characters
LONGEST_NAME = 150
LONGEST_NOTE = 1000
MOST_ALIASES = 60
RESERVED_CODES = frozenset({"new"})

# Their codes stand in the library's own rules (domain/resources.py, domain/evidence.py).
FIXED_VOCABULARIES = frozenset({"kinds", "evidence_grades"})
FIXED = (
    "The library’s own rules name these terms: their words can be changed, but none can be "
    "added or retired."
)

FIELD_LABELS: Mapping[str, str] = {
    "code": "Code",
    "label": "Name in English",
    "label_gd": "Name in Gaelic",
    "aliases": "Other names",
    "broader": "Belongs to",
    "valid_from": "First day",
    "valid_to": "Last day",
    "replaced_by": "Successor",
    "note": "Note",
    "elsewhere": "Names in other countries",
    "unverified": "Yet to be checked",
}

_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ufffe\uffff]")
_DAYS = ("valid_from", "valid_to")


def values_of(term: Term | None) -> dict[str, Any] | None:
    """Return a term as plain values for JSON, without what it does not say; None for no term."""
    if term is None:
        return None
    held = {field.name: getattr(term, field.name) for field in fields(Term)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in held.items()
        if value not in (None, ())
    }


def term_from(values: Mapping[str, Any] | None) -> Term | None:
    """Return the term that `values_of` told, also after a way through JSON."""
    if values is None:
        return None
    read: dict[str, Any] = {
        name: tuple(value)
        if isinstance(value, list)
        else date.fromisoformat(value)
        if name in _DAYS
        else value
        for name, value in values.items()
    }
    return Term(**read)


def version_of(term: Term | None) -> str:
    """Return a short hash of how a term stands, to notice that somebody else changed it."""
    words = json.dumps(values_of(term), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def names_of(term: Term) -> tuple[str, ...]:
    """Return every name by which people find a term: label, Gaelic label, other names."""
    return (term.label, *filter(None, (term.label_gd,)), *term.aliases)


def broader_choices(taxonomy: Taxonomy, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return what the terms of a vocabulary may belong to: its groups, or another's terms."""
    if vocabulary.groups:
        return vocabulary.groups
    named = {code for term in vocabulary.terms for code in term.broader}
    for other in taxonomy.vocabularies.values():
        if named and named <= set(other.by_code):
            return other.terms
    return ()


@dataclass(frozen=True)
class Names:
    """What becomes of the words that lead to a term."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    kept: tuple[str, ...]


def compare_names(before: Term | None, after: Term) -> Names:
    """Return which words lead to a term only after a change, only before it, and both times."""
    old, new = names_of(before) if before else (), names_of(after)
    held, wanted = {fold(name) for name in old}, {fold(name) for name in new}
    return Names(
        gained=tuple(name for name in new if fold(name) not in held),
        lost=tuple(name for name in old if fold(name) not in wanted),
        kept=tuple(name for name in new if fold(name) in held),
    )


def keep_old_names(before: Term, after: Term) -> Term:
    """Return the term with the labels that it had before as other names, so that they still find.

    A name that the person took off the other names themselves is not brought back.
    """
    old = [before.label, *filter(None, (before.label_gd,))]
    held = {fold(name) for name in names_of(after)}
    kept = [name for name in old if fold(name) not in held]
    return replace(after, aliases=(*after.aliases, *kept))


def find_problems(
    taxonomy: Taxonomy, vocabulary: Vocabulary, before: Term | None, after: Term
) -> dict[str, str]:
    """Return what is wrong with a term as it would be, a sentence by field; none where all is well.

    What stood there before is not held against whoever changes something else.
    """
    found: dict[str, str] = {}
    for field, sentence in (
        *_about_the_code(vocabulary, before, after),
        *_about_words(after),
        *_about_names(vocabulary, before, after),
        *_about_belonging(taxonomy, vocabulary, after),
        *_about_days(vocabulary, before, after),
        *_about_the_successor(vocabulary, before, after),
    ):
        found.setdefault(field, sentence)
    return found


Found = Iterator[tuple[str, str]]


def _about_the_code(vocabulary: Vocabulary, before: Term | None, after: Term) -> Found:
    if before is not None:
        return
    if not _CODE.fullmatch(after.code) or len(after.code) > LONGEST_CODE:
        yield (
            "code",
            f"Write a code of at most {LONGEST_CODE} small letters, digits and hyphens, "
            "such as outdoor-learning.",
        )
    elif after.code in RESERVED_CODES:
        yield "code", f"“{after.code}” cannot be a code: choose another."
    elif after.code in vocabulary.by_code:
        yield "code", f"“{after.code}” is the code of {vocabulary.by_code[after.code].label}."


def _about_words(after: Term) -> Found:
    if not after.label:
        yield "label", "Enter a name in English."
    if len(after.aliases) > MOST_ALIASES:
        yield "aliases", f"Write at most {MOST_ALIASES} other names."
    if len(after.note or "") > LONGEST_NOTE:
        yield "note", f"Shorten the note to {LONGEST_NOTE} characters or fewer."
    if after.note and _CONTROL.search(after.note):
        yield "note", "The note holds a character that cannot be kept: type it anew."
    yield from _about_spelling(after)


def _about_spelling(after: Term) -> Found:
    for field, name in _named(after):
        if not fold(name):
            yield field, f"“{name}” has neither letters nor digits: write a name."
        elif len(name) > LONGEST_NAME:
            yield (
                field,
                f"Shorten “{name[:40]}…” to {LONGEST_NAME} characters or fewer.",
            )
        elif _CONTROL.search(name):
            yield field, "A name holds a character that cannot be kept: type it anew."


def _about_names(vocabulary: Vocabulary, before: Term | None, after: Term) -> Found:
    """Tell of new names that another term of the vocabulary has: a word must lead to one."""
    held = {fold(name) for name in names_of(before)} if before else set()
    seen: set[str] = set()
    for field, name in _named(after):
        folded = fold(name)
        if folded in seen and field == "label_gd":
            continue  # Glow is Glow in Gaelic too
        if folded in seen - held and field == "aliases":
            yield field, f"“{name}” stands here twice: once is enough."
        seen.add(folded)
        other = None if folded in held else _owner(vocabulary, folded, after)
        if other is not None:
            yield (
                field,
                f"“{name}” is a name of {other.label} ({other.code}) already. Choose another, or "
                "take it off there first.",
            )


def _owner(vocabulary: Vocabulary, folded: str, apart_from: Term) -> Term | None:
    """Return the other term that has a name; not one that gave way to this one."""
    for term in vocabulary.terms:
        if apart_from.code not in {term.code, term.replaced_by} and folded in {
            fold(name) for name in (term.code, *names_of(term), *term.elsewhere)
        }:
            return term
    return None


def _named(term: Term) -> Found:
    if term.label:
        yield "label", term.label
    if term.label_gd:
        yield "label_gd", term.label_gd
    for name in term.aliases:
        yield "aliases", name


def _about_belonging(taxonomy: Taxonomy, vocabulary: Vocabulary, after: Term) -> Found:
    choices = broader_choices(taxonomy, vocabulary)
    if not choices:
        return
    if not after.broader:
        yield "broader", "Choose what it belongs to."
    elif not set(after.broader) <= {term.code for term in choices}:
        yield "broader", "Choose from those offered."
    elif vocabulary.name == "authorities" and len(after.broader) > 1:
        yield "broader", "Choose one region: an authority belongs to one."


def _about_days(vocabulary: Vocabulary, before: Term | None, after: Term) -> Found:
    if vocabulary.name in FIXED_VOCABULARIES:
        for field in ("valid_from", "valid_to", "replaced_by"):
            if getattr(after, field) and getattr(after, field) != getattr(before, field, None):
                yield field, FIXED
    if after.valid_from and after.valid_to and after.valid_to < after.valid_from:
        yield "valid_to", "The last day must not be before the first."


def _about_the_successor(vocabulary: Vocabulary, before: Term | None, after: Term) -> Found:
    if not after.replaced_by:
        return
    successor = vocabulary.by_code.get(after.replaced_by)
    if after.replaced_by == after.code:
        yield "replaced_by", "A term cannot be its own successor."
    elif successor is None:
        yield "replaced_by", "Choose a successor from those offered."
    elif _leads_to(vocabulary, successor, after.code):
        yield (
            "replaced_by",
            f"{successor.label} has this term as its successor: each would lead to the other.",
        )
    elif successor.is_retired and (before is None or before.replaced_by != after.replaced_by):
        yield "replaced_by", f"{successor.label} is retired itself: choose one that is in use."


def _leads_to(vocabulary: Vocabulary, term: Term, code: str) -> bool:
    passed = {term.code}
    while term.replaced_by and term.replaced_by not in passed and term.code != code:
        passed.add(term.replaced_by)
        if term.replaced_by not in vocabulary.by_code:
            break
        term = vocabulary.by_code[term.replaced_by]
    return code in passed


class WrongTerm(InvalidInput):
    """A term cannot be as it was written; `fields` holds a sentence for each field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class TermChanged(WrongState):
    """Somebody else changed the term since it was looked at; `now` is how it stands."""

    def __init__(self, now: Term) -> None:
        super().__init__(
            "Somebody else changed this term while you had it open. Nothing of yours is lost: look "
            "at what differs, and send it again if it is still right."
        )
        self.now = now
