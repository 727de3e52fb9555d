"""Finding the initials of pupils: “JM in P6”, “pupil J”; “Child A” is a pseudonym and welcome."""

import re
from collections.abc import Iterator

from app.domain.privacy.findings import Risk, Surroundings, Suspect
from app.domain.privacy.reading import Reading
from app.domain.privacy.vocabulary import KIN, STAGE
from app.domain.privacy.word_lists import read_words

_DOTTED = r"(?:[A-Z]\. ?){1,3}(?:M(?:a?c)[A-Z]\b\.?)?"
_INITIALS = rf"(?:{_DOTTED}|[A-Z]{{2}}\b|[A-Z]\.? ?Ma?c[A-Z]\b\.?)"
_NOUN = r"(?:[Pp]upil|[Cc]hild|[Ll]earner|[Bb]oy|[Gg]irl|[Cc]andidate|[Ss]tudent)"
_WITH_STAGE = re.compile(
    rf"(?<![\w.&/-])({_INITIALS}),? ?(?:\((?:aged? )?(?:{STAGE}|\d{{1,2}}\))|(?:in|"
    rf"from) {STAGE}|(?<=,.){STAGE}(?=[,.;:)]| —| –))"
)
_OF_STAGE = re.compile(rf"\b{STAGE} {_NOUN},? ({_INITIALS}|[A-Z]\b)(?![\w’'-])")
_NAMED = re.compile(
    rf"\b{_NOUN},? (?:called |known as )?({_INITIALS}|[A-Z]{{2,3}}\b|[A-Z]\b\.?)(?![\w-])"
)
_KIN = re.compile(rf"(?<![\w.&/-])({_DOTTED}|[A-Z]{{2}})[’']s (?:{KIN})\b")
_PSEUDONYM = re.compile(rf"\b{_NOUN} ([A-Z])\b")
_SHORT_FORMS = read_words("short_forms.txt")
_FIRST_PSEUDONYMS = frozenset("ABCXYZ")
_WHY = "These look like a pupil's initials; with the stage they tell a neighbour who it is."


def find_initials(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find initials that stand for a pupil, then the same initials wherever they stand."""
    prose = reading.prose
    pseudonyms = _pseudonyms(prose)
    places: dict[int, str] = {}
    for pattern in (_WITH_STAGE, _OF_STAGE, _NAMED, _KIN):
        for match in pattern.finditer(prose):
            letters = match[1].strip()
            if (
                letters.strip(".") in pseudonyms
                or letters == "I"
                or letters.lower() in _SHORT_FORMS
            ):
                continue
            places[match.start(1)] = letters
    used = {m[1] for m in _PSEUDONYM.finditer(prose)}
    instead = _new_pseudonyms(set(places.values()), used & pseudonyms)
    for letters in sorted(set(places.values())):
        if len(letters) > 1:
            again = re.compile(rf"(?<![\w.&/-]){re.escape(letters)}(?![\w&/-])")
            places |= {m.start(): letters for m in again.finditer(prose)}
    for start, letters in places.items():
        yield _suspect(reading, start, letters, instead[letters])


def _pseudonyms(prose: str) -> set[str]:
    """Letters that stand for nobody's name: A, B, C, X, Y, Z, and what carries the row on."""
    used = {m[1] for m in _PSEUDONYM.finditer(prose)}
    accepted = set(_FIRST_PSEUDONYMS)
    for letter in "DEFGHIJKLMNOPQRSTUVW":
        if letter in used and chr(ord(letter) - 1) in used & accepted:
            accepted.add(letter)
    return accepted


def _new_pseudonyms(initials: set[str], taken: set[str]) -> dict[str, str]:
    """Give each pupil a letter of the row A, B, C ... that is not taken."""
    letters = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVW" if letter not in taken] or ["A"]
    return {one: letters[place % len(letters)] for place, one in enumerate(sorted(initials))}


def _suspect(reading: Reading, start: int, letters: str, instead: str) -> Suspect:
    end = start + len(letters)
    noun = re.search(
        rf"\b({_NOUN}),? (?:called |known as )?$", reading.prose[max(0, start - 30) : start]
    )
    words = instead if noun else f"Child {instead}"
    return Suspect(Risk.INITIALS, start, end, _WHY, words)
