"""What a stage, several stages or a crossing mean: the exact stage first, then its level."""

from collections.abc import Iterator, Sequence

from app.domain.taxonomy import Span, Taxonomy, Term
from app.search.language.meanings import (
    BROADER_WEIGHT,
    TYPED_WEIGHT,
    VARIANT_WEIGHT,
    Concept,
    Label,
    Meaning,
    Relation,
    Wording,
    wording,
)

FACET = "stage"
MOST_NAMES = 6  # of a crossing, to be searched for: each is a phrase
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class StageMeanings:
    """The stages in their order, by their places from 0."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        vocabularies = taxonomy.vocabularies
        self.terms: tuple[Term, ...] = (
            vocabularies["stages"].terms if "stages" in vocabularies else ()
        )
        self.place = {term.code: place for place, term in enumerate(self.terms)}
        levels = vocabularies["levels"].terms if "levels" in vocabularies else ()
        self._levels = {term.code: term.label for term in levels}
        self._themes = vocabularies["themes"].by_code if "themes" in vocabularies else {}

    def levels(self) -> Iterator[tuple[tuple[str, ...], range]]:
        """Yield the names of each level, its label first, and the places of its stages."""
        for code, label in self._levels.items():
            places = [place for place, term in enumerate(self.terms) if code in term.broader]
            if places:
                yield (label,), range(places[0], places[-1] + 1)

    def of(self, places: range, is_elsewhere: bool = False) -> Meaning:
        """Return what one stage or a range of them means.

        Args:
            is_elsewhere: another country's name was typed: it is asked about, not told.
        """
        levels = [
            code for code in self._levels if any(code in self.terms[p].broader for p in places)
        ]
        others = [wording(self._levels[c], BROADER_WEIGHT, Relation.BROADER) for c in levels]
        concepts = [self._concept(place, TYPED_WEIGHT) for place in places]
        if len(places) == 1:
            others += self._other_names(self.terms[places[0]])
            # The level's other stages; of a range they were left out on purpose.
            concepts += [
                self._concept(place, BROADER_WEIGHT)
                for place, term in enumerate(self.terms)
                if place not in places and not set(levels).isdisjoint(term.broader)
            ]
        else:
            others += self._stages_as_words(places)
        if is_elsewhere:
            return Meaning(tuple(others), tuple(concepts), ours=self._name(places))
        return Meaning(tuple(others), tuple(concepts), label=self._label(places, levels))

    def several(self, label: str, places: range) -> Meaning:
        """Return what a level, or a name for several stages, means: each of them, less."""
        return Meaning(
            others=self._stages_as_words(places),
            concepts=tuple(self._concept(place, BROADER_WEIGHT) for place in places),
            label=Label(f"{label} ({self._name(places)})"),
        )

    def crossing(self, span: Span, places: range) -> Meaning:
        """Return what a crossing means: its theme, and better so in the sectors on both sides."""
        theme = self._themes.get(span.theme)
        return Meaning(
            others=tuple(
                wording(name, VARIANT_WEIGHT, Relation.VARIANT) for name in span.names[:MOST_NAMES]
            ),
            concepts=(Concept("theme", theme.code, theme.label),) if theme else (),
            besides=tuple(self._concept(place, TYPED_WEIGHT) for place in places),
            label=Label(span.label, "theme", theme.code) if theme else Label(span.label),
        )

    def _other_names(self, term: Term) -> list[Wording]:
        names = [term.label, *term.aliases]
        for name in term.aliases:
            start, _, number = name.rpartition(" ")
            if start and number.isdigit() and 0 < int(number) <= len(NUMBERS):
                names.append(f"{start} {NUMBERS[int(number) - 1]}")
        return [wording(name, VARIANT_WEIGHT, Relation.VARIANT) for name in names]

    def _stages_as_words(self, places: range) -> tuple[Wording, ...]:
        return tuple(
            wording(self.terms[place].label, BROADER_WEIGHT, Relation.NARROWER) for place in places
        )

    def _concept(self, place: int, weight: float) -> Concept:
        term = self.terms[place]
        return Concept(FACET, term.code, term.label, weight)

    def _name(self, places: range) -> str:
        first, last = self.terms[places[0]].label, self.terms[places[-1]].label
        return first if first == last else f"{first} to {last}"

    def _label(self, places: range, levels: Sequence[str]) -> Label:
        name = self._name(places)
        if len(places) > 1:
            return Label(f"Stages {name}")
        told = _joined([self._levels[code] for code in levels])
        text = f"Stage {name} ({told})" if told else f"Stage {name}"
        return Label(text, FACET, self.terms[places[0]].code)


def _joined(labels: Sequence[str]) -> str:
    """Return Third level and Fourth level as Third and fourth level."""
    starts, ends = (
        zip(*(label.rsplit(" ", 1) for label in labels), strict=True) if labels else ((), ())
    )
    if len(labels) > 1 and len(set(ends)) == 1:
        return " and ".join((starts[0], *map(str.lower, starts[1:]))) + f" {ends[0]}"
    return " and ".join(labels)
