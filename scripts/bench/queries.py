"""Draw the queries: words as people type them, out of the library's own."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.search.analysis import SMALL_WORDS, form_of
from app.search.port import SearchDocument

KINDS = ("one word", "and", "or", "phrase", "filter", "prefix", "by date", "facets")
# How many documents in a hundred have the word, and how often people type such a one.
BANDS = {"common": (10.0, 60.0, 40), "middle": (1.0, 10.0, 40), "rare": (0.0, 1.0, 20)}
MISSPELT_EVERY = 8
SHORTEST, LONGEST = 3, 14  # letters
_WORD = re.compile(rf"\b[a-z]{{{SHORTEST},{LONGEST}}}\b")
# Plain words with one space between: nothing that an engine may read otherwise.
_SIDE_BY_SIDE = re.compile(r"(?<![\w'’-])[a-z]{3,14}(?: [a-z]{3,14})+(?![\w'’-])")


@dataclass(frozen=True)
class Asked:
    """One query, told so that every engine can put it in its own way."""

    kind: str
    words: tuple[str, ...]
    facet: str = ""  # a filter: only documents with this value
    code: str = ""

    @property
    def text(self) -> str:
        """The words as typed."""
        return " ".join(self.words)


@dataclass(frozen=True)
class QuerySet:
    """All that is asked of every engine."""

    asked: tuple[Asked, ...]
    typed: tuple[str, ...]  # for the whole page: 1 to 4 words, some misspelt

    def save(self, path: Path) -> None:
        """Write it down for the processes that measure."""
        path.write_text(json.dumps([[asdict(one) for one in self.asked], self.typed]))

    @classmethod
    def load(cls, path: Path) -> "QuerySet":
        """Read what `save` wrote."""
        asked, typed = json.loads(path.read_text())
        made = (Asked(**{**one, "words": tuple(one["words"])}) for one in asked)
        return cls(tuple(made), tuple(typed))


class _Words:
    """The words of some documents, by how many of the documents have them."""

    def __init__(self, documents: Sequence[SearchDocument], chance: random.Random) -> None:
        self.documents = documents
        self.chance = chance
        counts: Counter[str] = Counter()
        surfaces: dict[str, Counter[str]] = {}
        for document in documents:
            held = Counter(_WORD.findall(document.body))
            forms = {word: form_of(word) for word in held if word not in SMALL_WORDS}
            counts.update(set(forms.values()))
            for word, form in forms.items():
                surfaces.setdefault(form, Counter())[word] += held[word]
        self.share = {form: 100 * n / len(documents) for form, n in counts.items()}
        # Of the endings of a word people type the one that is written most.
        self.typed = {form: max(found, key=found.__getitem__) for form, found in surfaces.items()}
        self._bands = {
            band: sorted(form for form, share in self.share.items() if low < share <= high)
            for band, (low, high, _) in BANDS.items()
        }

    def band(self) -> str:
        """Draw a band as often as people type such words."""
        filled = [band for band in BANDS if self._bands[band]]
        return self.chance.choices(filled, [BANDS[band][2] for band in filled])[0]

    def draw(self, number: int) -> tuple[str, ...]:
        """Draw some different words, each from its own band."""
        found: dict[str, None] = {}
        while len(found) < number:
            found[self.typed[self.chance.choice(self._bands[self.band()])]] = None
        return tuple(found)

    def draw_together(self, number: int) -> tuple[str, ...]:
        """Draw some words that one document has, so that there is something to find."""
        while True:
            body = self.chance.choice(self.documents).body
            plain = set(_WORD.findall(body)) - SMALL_WORDS
            held = {form_of(word) for word in plain} & self.share.keys()
            found = self._from_bands(held, number)
            if len(found) == number:
                return found

    def _from_bands(self, held: set[str], number: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for _ in range(number * 3):
            low, high, _share = BANDS[self.band()]
            forms = sorted(form for form in held if low < self.share[form] <= high)
            if forms:
                found[self.typed[self.chance.choice(forms)]] = None
            if len(found) == number:
                break
        return tuple(found)

    def draw_side_by_side(self, number: int) -> tuple[str, ...]:
        """Draw words that stand side by side in a document, none of them a small word."""
        while True:
            runs = _SIDE_BY_SIDE.findall(self.chance.choice(self.documents).body)
            words = self.chance.choice(runs).split() if runs else []
            at = self.chance.randrange(max(len(words) - number, 0) + 1)
            found = tuple(words[at : at + number])
            if len(found) == number and SMALL_WORDS.isdisjoint(found):
                return found

    def draw_prefix(self) -> tuple[str, ...]:
        """Draw the first 4 or 5 letters of a word that is longer by 2 at least."""
        while True:
            (word,) = self.draw(1)
            length = self.chance.choice((4, 5))
            if len(word) >= length + 2:
                return (word[:length],)

    def draw_filter(self) -> tuple[str, str]:
        """Draw a region or a stage that documents have."""
        facet = self.chance.choice(("region", "stage"))
        return facet, self.chance.choice(self.chance.choice(self.documents).facets[facet])


def draw_queries(documents: Iterable[SearchDocument], number: int, seed: int) -> QuerySet:
    """Draw `number` queries of each kind, and as many whole pages as three kinds have."""
    chance = random.Random(seed)  # noqa: S311 - the same queries every time
    words = _Words(list(documents), chance)
    # Each kind draws as many words as people type of it.
    ways: dict[str, Callable[[], Asked]] = {
        "one word": lambda: Asked("one word", words.draw(1)),
        "and": lambda: Asked("and", words.draw_together(chance.choice((2, 2, 3)))),
        "or": lambda: Asked("or", words.draw(chance.choice((2, 3, 4)))),
        "phrase": lambda: Asked("phrase", words.draw_side_by_side(chance.choice((2, 2, 3)))),
        "filter": lambda: Asked("filter", words.draw(1), *words.draw_filter()),
        "prefix": lambda: Asked("prefix", words.draw_prefix()),
        "by date": lambda: Asked("by date", words.draw(chance.choice((1, 1, 2)))),
        "facets": lambda: Asked("facets", words.draw(1)),
    }
    asked = [way() for way in ways.values() for _ in range(number)]
    chance.shuffle(asked)
    return QuerySet(tuple(asked), tuple(_typed(words, n) for n in range(3 * number)))


def draw_typed(documents: Iterable[SearchDocument], number: int, seed: int) -> list[str]:
    """Draw what people type into the search box: 1 to 4 words, one in eight with a typo."""
    words = _Words(list(documents), random.Random(seed))  # noqa: S311 - the same every time
    return [_typed(words, turn) for turn in range(number)]


def _typed(words: _Words, number: int) -> str:
    found = list(words.draw_together(words.chance.choice((1, 2, 2, 3, 4))))
    if number % MISSPELT_EVERY == 0:
        longest = max(range(len(found)), key=lambda at: len(found[at]))
        found[longest] = misspelt(found[longest], words.chance)
    return " ".join(found)


def misspelt(word: str, chance: random.Random) -> str:
    """Return a word with two neighbours exchanged, or one letter left out."""
    if len(word) < 4:  # noqa: PLR2004 - too short to be known again
        return word
    at = chance.randrange(1, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return swapped if swapped != word else word[:at] + word[at + 1 :]
