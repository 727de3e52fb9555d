"""A term's fields in words, before and after a change."""

from dataclasses import dataclass
from datetime import date

from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.domain.terms import FIELD_LABELS, broader_choices
from app.web.labels import day

SHOWN = (
    "label", "label_gd", "aliases", "broader", "valid_from", "valid_to", "replaced_by", "note",
    "unverified",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One field that a change touches."""

    field: str
    label: str
    before: str  # "" where it said nothing
    after: str


def rows_of(
    taxonomy: Taxonomy, vocabulary: Vocabulary, before: Term | None, after: Term | None
) -> list[Row]:
    """Return what differs between two states of a term, in words."""
    found = []
    for name in SHOWN:
        old, new = getattr(before, name, None), getattr(after, name, None)
        if (old or None) != (new or None):
            words = [_words(taxonomy, vocabulary, name, value) for value in (old, new)]
            found.append(Row(name, FIELD_LABELS[name], *words))
    return found


def _words(taxonomy: Taxonomy, vocabulary: Vocabulary, name: str, value: object) -> str:
    if not value:
        return ""
    if isinstance(value, date):
        return day(value)
    if name == "replaced_by":
        held = vocabulary.by_code.get(str(value))
        return held.label if held else str(value)
    if not isinstance(value, tuple):
        return str(value)
    labels = {one.code: one.label for one in broader_choices(taxonomy, vocabulary)}
    named = {"broader": labels, "unverified": FIELD_LABELS}.get(name, {})
    return "; ".join(named.get(one, one) for one in value)
