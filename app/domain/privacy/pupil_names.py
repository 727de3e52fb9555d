"""Finding the names of pupils: given names, and the words beside them that say whose they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.privacy.findings import Surroundings, Suspect, fold
from app.domain.privacy.given_names import is_given_name, may_be_given_name
from app.domain.privacy.name_cues import (
    AFTER,
    AFTER_ALWAYS,
    BEFORE,
    BEFORE_ALWAYS,
    FIRST_CELL,
    PUPIL_COLUMN,
    UNLISTED,
    WORD,
    acts_alone,
    is_adult,
    is_no_person,
    speaks_or_owns,
)
from app.domain.privacy.name_wording import name_suspect
from app.domain.privacy.reading import Reading
from app.domain.privacy.vocabulary import NOT_NAMES

_ANY_WORD = re.compile(r"(?<![\w@/.])[^\W\d_][^\W_]{1,30}(?:-[^\W\d_]{1,30}){0,2}(?!\w)")
_SURNAMES = re.compile(rf"(?: {WORD}){{1,3}}(?: [A-Z]\b\.?)?| [A-Z]\b\.?(?! ?[A-Z]\b)")
_NEXT_IN_LIST = re.compile(rf"(?:,| and|, and| &) ({WORD})(?! {WORD})(?=[\s,.;:)’'!?]|$)")
_LAST_IN_LIST = re.compile(rf"(?<![\w-])({WORD})(?:,| and|, and| &) $")


@dataclass(frozen=True)
class Name:
    """A name at a place: the given name, and where the whole of it ends."""

    word: str
    start: int
    end: int
    is_plain: bool  # a given name and nothing else
    is_alone: bool = True  # no surname follows

    @property
    def has_initial(self) -> bool:
        """Whether one letter stands for the surname: Sophie T."""
        return len(self.word) < self.end - self.start <= len(self.word) + len(" T.")


def find_pupil_names(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find names that the words beside them give to a pupil, then the same names elsewhere."""
    names = list(_names_in(reading))
    adults = {fold(n.word) for n in names if not (n.is_alone or n.has_initial)}
    found = {n.start: n for n in names if _is_pupil(n, adults, reading, around)}
    found |= {n.start: n for n in _find_unlisted(reading, around)}
    found |= {n.start: n for n in _find_in_columns(reading, names)}
    _follow_lists(found, {n.start: n for n in names}, reading, around)
    known = {fold(n.word): n.is_plain for n in found.values()}
    for name in _repeats(names, found, known, reading, around):
        yield name_suspect(reading, name.start, name.end, first=False)
    for name in found.values():
        yield name_suspect(reading, name.start, name.end, first=True)


def _names_in(reading: Reading) -> Iterator[Name]:
    """Every word of the text that may be a given name, in order; surnames are taken along."""
    past = 0
    for match in _ANY_WORD.finditer(reading.prose):
        word = match[0]
        if match.start() < past or not may_be_given_name(word):
            continue
        is_plain = is_given_name(word)
        if word[0].islower() and not is_plain:
            continue
        past = match.end()
        surnames = _SURNAMES.match(reading.prose, past) if word[0].isupper() else None
        more = surnames[0].split() if surnames else []
        if surnames and fold(more[0]) not in NOT_NAMES:
            past = surnames.end()
        # Eilidh Ann has no surname yet.
        yield Name(word, match.start(), past, is_plain, all(is_given_name(w) for w in more))


def _is_pupil(name: Name, adults: set[str], reading: Reading, around: Surroundings) -> bool:
    before = reading.sentence_before(name.start, 110)
    after = reading.sentence_after(name.end, 90)
    # Who is introduced with a surname is most often staff: Nadia Haddad, then Nadia.
    is_known_adult = fold(name.word) in adults
    stands_alone = not is_known_adult and _stands_alone(name, before, reading)
    if not (stands_alone or _is_cued(name, before, after)):
        return False
    return not (is_adult(before, after) or is_no_person(reading, name.start, name.end, around))


def _stands_alone(name: Name, before: str, reading: Reading) -> bool:
    """Return whether the name is written as schools write of children: “Sophie T.”, “Mikey has”."""
    if not name.is_plain or name.word[0].islower():
        return False
    if name.has_initial:
        return True
    joined = _BOTH.match(reading.prose, name.end)
    end = joined.end() if joined and is_given_name(joined[1]) else name.end
    leading = _LEADING.search(before)
    if leading and fold(leading[1]) not in NOT_NAMES:
        return False
    return name.is_alone and acts_alone(reading, name.start, end)


def _is_cued(name: Name, before: str, after: str) -> bool:
    if any(p.match(after) for p in AFTER_ALWAYS) and (name.is_plain or not _ABOUT.search(before)):
        return True
    if name.word[0].islower():
        return False
    if any(p.search(before) for p in BEFORE_ALWAYS):
        return True
    if not name.is_plain:
        return False
    if any(p.search(before) for p in BEFORE if name.is_alone):
        return True
    return name.is_alone and any(b.search(before) and a.match(after) for b, a in AFTER)


_BOTH = re.compile(rf" and ({WORD})(?! {WORD})")
_LEADING = re.compile(rf"((?:{WORD})|(?<!\S)[A-Z]\.) ?$")
# A place or a month follows these: “in Harris”, “from Skye”, “since May”.
_ABOUT = re.compile(
    r"\b(?:in|on|at|from|to|of|near|across|around|the|since|until|between|isle|mid|"
    r"early|late|last|next|this|and|or|through) $",
    re.I,
)


def _find_unlisted(reading: Reading, around: Surroundings) -> Iterator[Name]:
    """Find names that no list has, where the words before them leave no doubt."""
    for pattern in UNLISTED:
        for match in pattern.finditer(reading.prose):
            words = match[1]
            first = words.split()[0]
            start, end = match.span(1)
            if {fold(word) for word in words.split()} & NOT_NAMES:
                continue
            before = reading.sentence_before(start, 110)
            if is_no_person(reading, start, end, around) or is_adult(before, ""):
                continue
            yield Name(
                first, start, end, is_plain=not may_be_given_name(first) or is_given_name(first)
            )


def _find_in_columns(reading: Reading, names: list[Name]) -> Iterator[Name]:
    """Find the names in a table's column of pupils."""
    starts = {n.start: n for n in names}
    for table in PUPIL_COLUMN.finditer(reading.prose):
        for cell in FIRST_CELL.finditer(reading.prose, *table.span(1)):
            if name := starts.get(cell.start(1)):
                yield name


def _follow_lists(
    found: dict[int, Name], names: dict[int, Name], reading: Reading, around: Surroundings
) -> None:
    """Take in whom an “and” or a comma joins to a pupil: “Ava and Mia”. Adds to what is found."""
    waiting = list(found.values())
    while waiting:
        name = waiting.pop()
        places = []
        if following := _NEXT_IN_LIST.match(reading.prose, name.end):
            places.append(following.start(1))
        window = max(0, name.start - 60)
        if leading := _LAST_IN_LIST.search(reading.prose[window : name.start]):
            places.append(window + leading.start(1))
        for place in places:
            other = names.get(place)
            if other and other.is_plain and other.is_alone and place not in found:
                before = reading.sentence_before(place, 110)
                if not is_adult(before, "") and not is_no_person(reading, place, other.end, around):
                    found[place] = other
                    waiting.append(other)


def _repeats(
    names: list[Name],
    found: dict[int, Name],
    known: dict[str, bool],
    reading: Reading,
    around: Surroundings,
) -> Iterator[Name]:
    """Every other place where a pupil's name stands."""
    if not known:
        return
    listed = {n.start: n for n in names}
    for match in _ANY_WORD.finditer(reading.prose):
        folded = fold(match[0])
        if folded not in known or match.start() in found:
            continue
        if match[0][0].islower() and not is_given_name(match[0]):
            continue
        name = listed.get(match.start()) or Name(match[0], *match.span(), is_plain=True)
        before = reading.sentence_before(name.start, 60)
        after = reading.sentence_after(name.end, 60)
        if is_adult(before, after) or is_no_person(reading, name.start, name.end, around):
            continue
        if known[folded] or (
            match[0][0].isupper() and speaks_or_owns(after) and not _ABOUT.search(before)
        ):
            yield name
