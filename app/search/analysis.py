"""Turn text into the words that are compared: alike for queries, the index and snippets.

Words are compared by a form: case, accents and apostrophes fall away, English
endings are cut by the Snowball stemmer, and small words ("the", "of") have no
form. This is Whoosh's LanguageAnalyzer("en"), measured best for this kind of
text, with a newer Snowball (parents' evening is not "even") and four differences:
accents fold, an apostrophe does not end a word, numbers keep their points and plus
signs (2.3, 1+2), and a small word keeps its place, so that "How good is our school"
is not the phrase "good school".
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer
from whoosh.lang import stopwords_for_language

from app.domain.taxonomy import fold

# Between the values of a list, so that no phrase runs from one tag into the next.
LIST_GAP = "\u2029"
_GAP_IN_PLACES = 100
_LONGEST_WORD = 64  # characters; what is longer is no word (a key, a picture in base64)

_LETTER = "[^\\W_\u0300-\u036f]"
_TOKEN = re.compile(
    rf"{LIST_GAP}|\d+(?:[.+]\d+)+(?!{_LETTER})"
    rf"|{_LETTER}(?:[\w\u0300-\u036f]*[\w\u0300-\u036f])?"
    rf"(?:['’‘ʼ]{_LETTER}[\w\u0300-\u036f]*)*"
)
# Leftovers of words cut at an apostrophe; here none is cut.
_NOT_SMALL = {"s", "t", "don"}
SMALL_WORDS = frozenset(fold(word) for word in stopwords_for_language("en")) - _NOT_SMALL


class _Stemmers(threading.local):
    """A stemmer to each thread: one must not be shared."""

    def __init__(self) -> None:
        self.english = Stemmer.Stemmer("english")


_stemmers = _Stemmers()

_new_word: Callable[[type["Word"], tuple[str, str, int, int, int]], "Word"] = tuple.__new__

# The forms of a phrase, each with its place counted from the first.
Phrase = tuple[tuple[str, int], ...]


class Word(NamedTuple):
    """One word of a text."""

    form: str  # what is compared; "" for a small word
    surface: str  # the whole word, folded
    place: int  # counts words from 0, small ones too
    start: int  # characters from the start of the text
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield every word of a text in order, small words too."""
    place, new = 0, _new_word  # millions are made: a named tuple's own way takes twice as long
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw == LIST_GAP:
            place += _GAP_IN_PLACES
            continue
        form, surface = _forms(raw)
        if surface:
            yield new(Word, (form, surface, place, match.start(), match.end()))
            place += 1


class FieldWords(NamedTuple):
    """The words of a whole text, as the index takes them in."""

    places: dict[str, list[int]]  # by form, ascending; small words have none
    surfaces: set[str]
    end: int  # the place after the last word
    steps: list[int]  # where each place begins that is a multiple of a number, in characters


def words_together(text: str, step: int) -> FieldWords:
    """Return what `words` yields, gathered; in half the time, since no Word is made.

    Args:
        step: of how many places in a row the first one's beginning is kept.
    """
    places: dict[str, list[int]] = {}
    surfaces: set[str] = set()
    steps: list[int] = []
    place = end = next_step = 0
    for match in _TOKEN.finditer(text):
        form, surface = _forms(match[0])
        if not surface:
            place += _GAP_IN_PLACES if match[0] == LIST_GAP else 0
            continue
        while place >= next_step:
            steps.append(match.start())
            next_step += step
        surfaces.add(surface)
        if form:
            if form in places:
                places[form].append(place)
            else:
                places[form] = [place]
        end = place = place + 1
    return FieldWords(places, surfaces, end, steps)


@lru_cache(maxsize=65536)
def _forms(raw: str) -> tuple[str, str]:
    surface = fold(raw)[:_LONGEST_WORD]
    if surface in SMALL_WORDS:
        return "", surface
    return form_of(surface), surface


def form_of(surface: str) -> str:
    """Return the form by which a folded word is compared."""
    return str(_stemmers.english.stemWord(surface)) or surface


def phrase_of(found: Iterable[Word]) -> Phrase:
    """Return the forms of some words with their places from the first; small words leave gaps."""
    content = [word for word in found if word.form]
    return tuple((word.form, word.place - content[0].place) for word in content)


def joined(values: Iterable[str]) -> str:
    """Return the values of a list as one text that no phrase crosses."""
    return LIST_GAP.join(values)
