"""What curators write about a collection: checked, and kept when two of them write at once."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.audience import Audience
from app.domain.collections import (
    COVER_TEXT_LIMIT,
    INTRODUCTION_LIMIT,
    LONGEST_ITEM_MINUTES,
    NOTE_LIMIT,
    SECTION_TITLE_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
)
from app.domain.errors import InvalidInput
from app.domain.taxonomy import Taxonomy

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile("\r\n?|\u2028|\u2029")
LANGUAGES = ("en", "gd", "sco")


class WordsRefused(InvalidInput):
    """Some words cannot be kept; `problems` has a sentence for each field by its name."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)

    @property
    def more(self) -> Mapping[str, object]:
        """What is the matter, field by field."""
        return {"fields": [{"field": f, "sentence": s} for f, s in self.problems.items()]}


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed meanwhile, in another way."""

    field: str
    theirs: str


def mark_of_words(words: str) -> str:
    """Return a short mark of words, by which a form knows whether they are still the same."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def settle(
    held: Mapping[str, str], sent: Mapping[str, str], was: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Clash, ...]]:
    """Return what to write, and what clashes with what somebody else wrote meanwhile.

    `was` has the mark of each field as its writer's form showed it; without one, it is written.
    """
    write: dict[str, str] = {}
    clashes = []
    for name, words in sent.items():
        if words == held[name]:
            continue
        before = was.get(name, "")
        if not before or before == mark_of_words(held[name]):
            write[name] = words
        elif mark_of_words(words) != before:
            clashes.append(Clash(name, held[name]))
    return write, tuple(clashes)


def tidy_fields(sent: Mapping[str, str], taxonomy: Taxonomy) -> dict[str, str]:
    """Return the fields as they can be kept.

    Raises:
        WordsRefused: some cannot; says which and why.
    """
    tidied: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name, words in sent.items():
        try:
            tidied[name] = _FIELDS[name](words, taxonomy)
        except InvalidInput as problem:
            problems[name] = str(problem)
    if problems:
        raise WordsRefused(problems)
    return tidied


def tidy_note(words: str) -> str:
    """Return a note as it can be kept.

    Raises:
        InvalidInput: it is too long.
    """
    return limited(cleaned(words).strip(), NOTE_LIMIT)


def tidy_minutes(words: str) -> int | None:
    """Return minutes as a number; None for none.

    Raises:
        InvalidInput: they are no number that an item may take.
    """
    text = words.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LONGEST_ITEM_MINUTES:
        return int(text)
    raise InvalidInput(f"Give the minutes as a whole number from 1 to {LONGEST_ITEM_MINUTES}.")


def tidy_section_title(words: str) -> str:
    """Return a section's title as it can be kept.

    Raises:
        InvalidInput: it is too long.
    """
    return limited(one_line(words), SECTION_TITLE_LIMIT)


def tidy_title(words: str) -> str:
    """Return a collection's title as it can be kept.

    Raises:
        InvalidInput: there is none, or it is too long.
    """
    line = limited(one_line(words), TITLE_LIMIT)
    if not line:
        raise InvalidInput("Give the collection a title.")
    return line


def cleaned(text: str) -> str:
    """Return the text with LF line ends and without characters that nobody can see."""
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """Return the text on one line, without space around it."""
    return " ".join(cleaned(text).split())


def limited(text: str, limit: int) -> str:
    """Return the text.

    Raises:
        InvalidInput: it is longer than that.
    """
    if len(text) > limit:
        raise InvalidInput(
            f"This has {len(text):,} characters and the limit is {limit:,}: shorten it."
        )
    return text


def _introduction(words: str, _: Taxonomy) -> str:
    text = limited(cleaned(words), INTRODUCTION_LIMIT).strip("\n")
    return f"{text}\n" if text.strip() else ""


def _audience(words: str, _: Taxonomy) -> str:
    if words not in set(Audience):
        raise InvalidInput("Choose who may see the collection.")
    return words


def _language(words: str, _: Taxonomy) -> str:
    if words not in LANGUAGES:
        raise InvalidInput("Choose the language that the collection is written in.")
    return words


def _region(words: str, taxonomy: Taxonomy) -> str:
    if words and words not in taxonomy.codes("regions"):
        raise InvalidInput("Choose a region of the list.")
    return words


_FIELDS: Mapping[str, Callable[[str, Taxonomy], str]] = {
    "title": lambda words, _: tidy_title(words),
    "summary": lambda words, _: limited(one_line(words), SUMMARY_LIMIT),
    "introduction": _introduction,
    "audience": _audience,
    "language": _language,
    "cover_text": lambda words, _: limited(one_line(words), COVER_TEXT_LIMIT),
    "region": _region,
}
