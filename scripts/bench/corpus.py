"""A library of any size, shuffled from real paragraphs: the same seed gives the same library."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from app.domain.taxonomy import Taxonomy
from app.search.port import SearchDocument

from .texts import Text

SEED = 20261123
MEDIAN_WORDS = 600
SPREAD = 0.45  # of the logarithm: nineteen bodies in twenty have 250 to 1,450 words
SHORTEST, LONGEST = 80, 3000  # words
STAFF_SHARE = 0.05
FIRST_DAY = date(2016, 8, 1)
DAYS = 3700
FACETS = ("kind", "stage", "area", "theme", "sector", "region", "authority", "indicator")
# The facets counted by every engine: the page's own nine, but for the quality indicator.
COUNTED = ("kind", "stage", "area", "theme", "sector", "region", "authority", "year")
# How many values of a list a document has, at most, and how often that many.
_HOW_MANY = {"stage": (30, 30, 25, 15), "theme": (30, 40, 30), "area": (60, 30, 10)}
_KINDS = {"case-study": 80, "professional-learning": 20}

_SCHOOL = ("Strath", "Inver", "Glen", "Kirk", "Bal", "Dun", "Aber", "Loch", "Auchter", "Pit")
_PLACE = ("more", "ness", "brae", "field", "ton", "haven", "burn", "side", "wick", "law", "mouth")
_KIND_OF_SCHOOL = ("Primary School", "Academy", "Nursery", "High School")


@dataclass(frozen=True)
class _Draw:
    """Values with the skew of real life: the second is drawn half as often as the first, ..."""

    values: Sequence[str]
    heap: Sequence[float]

    @classmethod
    def of(cls, values: Sequence[str], weights: Sequence[float] | None = None) -> "_Draw":
        given = weights or [1 / rank**0.8 for rank in range(1, len(values) + 1)]
        return cls(values, list(accumulate(given)))

    def some(self, chance: random.Random, number: int = 1) -> tuple[str, ...]:
        """Return up to `number` different values."""
        drawn = chance.choices(self.values, cum_weights=self.heap, k=number)
        return tuple(dict.fromkeys(drawn))


class Corpus:
    """Documents made of a text; document n is the same whatever the size of the library."""

    def __init__(self, text: Text, taxonomy: Taxonomy, seed: int = SEED) -> None:
        self._seed = seed
        self._paragraphs = text.paragraphs
        self._lengths = [len(paragraph.split()) for paragraph in text.paragraphs]
        self._titles = text.headings
        self._taxonomy = taxonomy
        self._draws = {facet: _Draw.of(taxonomy.codes(_vocabulary(facet))) for facet in FACETS[1:]}
        self._draws["kind"] = _Draw.of(list(_KINDS), list(_KINDS.values()))
        self._tags = _tags(text, seed)

    def documents(self, size: int, first: int = 0) -> Iterator[SearchDocument]:
        """Yield `size` documents, one at a time, from number `first` on."""
        for number in range(first, first + size):
            yield self.document(number)

    def document(self, number: int) -> SearchDocument:
        """Return document `number`."""
        chance = random.Random(self._seed * 1_000_003 + number)  # noqa: S311 - to be repeated
        paragraphs = self._body(chance)
        published = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.5))
        facets = self._facets(chance, published.year)
        return SearchDocument(
            id=f"{number:026d}",
            slug=f"shuffled-{number}",
            title=self._title(chance, paragraphs[0]),
            summary=_first_sentence(paragraphs[0]),
            body="\n\n".join(paragraphs),
            mark="staff" if chance.random() < STAFF_SHARE else "public",
            facets=facets,
            tags=self._tags.some(chance, 3),
            labels=self._labels(facets),
            school=_school(chance),
            is_sample=True,
            published_on=published,
            review_by=published + timedelta(days=730),
            fingerprint=str(number),
        )

    def _body(self, chance: random.Random) -> list[str]:
        wanted = min(max(chance.lognormvariate(0, SPREAD) * MEDIAN_WORDS, SHORTEST), LONGEST)
        size, found = len(self._paragraphs), []
        while wanted > 0:
            at = int(chance.random() * size)
            found.append(self._paragraphs[at])
            wanted -= self._lengths[at]
        return found

    def _title(self, chance: random.Random, opening: str) -> str:
        if self._titles and chance.random() < 0.7:  # noqa: PLR2004 - the others: opening words
            return self._titles[int(chance.random() * len(self._titles))]
        return " ".join(opening.split()[:8])

    def _facets(self, chance: random.Random, year: int) -> dict[str, tuple[str, ...]]:
        facets = {
            facet: draw.some(chance, _how_many(chance, facet))
            for facet, draw in self._draws.items()
        }
        return facets | {"year": (str(year),)}

    def _labels(self, facets: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(
            self._taxonomy.label(_vocabulary(facet), code)
            for facet in ("stage", "area", "theme")
            for code in facets[facet]
        )


def _vocabulary(facet: str) -> str:
    return {"authority": "authorities"}.get(facet, f"{facet}s")


def _how_many(chance: random.Random, facet: str) -> int:
    shares = _HOW_MANY.get(facet)
    return chance.choices(range(1, len(shares) + 1), shares)[0] if shares else 1


def _tags(text: Text, seed: int) -> _Draw:
    """Take 300 pairs of words that stand side by side for tags."""
    chance = random.Random(seed)  # noqa: S311 - the same tags every time
    found: dict[str, None] = {}
    for paragraph in chance.sample(text.paragraphs, min(len(text.paragraphs), 400)):
        pair = re.search(r"\b[a-z]{4,12} [a-z]{4,12}\b", paragraph)
        if pair:
            found[pair[0]] = None
    return _Draw.of(list(found)[:300] or ["number talks"])


def _first_sentence(paragraph: str) -> str:
    return re.split(r"(?<=[.!?])\s", paragraph, maxsplit=1)[0][:240]


def _school(chance: random.Random) -> str:
    name = chance.choice(_SCHOOL) + chance.choice(_PLACE)
    return f"{name} {chance.choice(_KIND_OF_SCHOOL)}"
