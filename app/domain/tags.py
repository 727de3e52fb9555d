"""Tags, people's own words: which spellings are one tag, and what can be none."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from app.domain.errors import InvalidInput
from app.domain.taxonomy import fold

LONGEST = 50  # characters, of a tag that somebody puts on
SHORTEST = 2  # letters and figures
MOST_WORDS = 6
MOST_AT_ONCE = 10
MOST_ON_ONE = 30  # tags of a resource, its writer's own included
MOST_IN_AN_HOUR = 60  # to one person
SLUG_LIMIT = 100  # characters, as its column


class TagStep(StrEnum):
    """What a lead or an administrator did to a tag."""

    MERGE = "merge"
    RENAME = "rename"
    RETIRE = "retire"


class TagName(NamedTuple):
    """One tag that is called otherwise than it was written, or is offered or shown no more.

    All that are called the same now are one tag; the one that is kept is among them.
    """

    slug: str
    written: str  # as the index holds it
    now: str  # as people read it
    is_offered: bool = True
    is_shown: bool = True


_BETWEEN = re.compile(r"[\W_]+")
_SEPARATORS = re.compile(r"[,;\n\r]+")
_ADDRESS = re.compile(r"@|://|\bwww\.", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x1f\x7f\"“”<>]")


def slug_of_tag(words: str) -> str:
    """Return what a tag is known by, whatever its case, accents, spaces, hyphens and apostrophes.

    Endings are kept: maths is no math, and ethos no etho (`near_slugs` helps with plurals). Empty
    where the words hold no letter and no figure.
    """
    plain = fold(words.replace("&", " and "))
    return _BETWEEN.sub("-", plain).strip("-")[:SLUG_LIMIT].strip("-")


def near_slugs(slug: str) -> tuple[str, ...]:
    """Return the spellings that most likely mean the same tag: one and several, apart and joined.

    They are tried where a new tag would be made, and never merged by themselves.
    """
    found = [slug.replace("-", "")] if "-" in slug else []
    if slug.endswith("ies"):
        found.append(f"{slug[:-3]}y")
    elif slug.endswith(("ches", "shes", "sses", "xes")):
        found.append(slug[:-2])
    elif slug.endswith("s") and not slug.endswith(("ss", "us", "is", "ths", "ics")):
        found.append(slug[:-1])
    elif slug.endswith("y"):
        found.append(f"{slug[:-1]}ies")
    elif not slug.endswith("s"):
        found.append(f"{slug}s")
    return tuple(found)


def split_tags(words: str) -> tuple[str, ...]:
    """Return several tags as they were typed, between commas, each spelling once."""
    typed = (" ".join(one.split()) for one in _SEPARATORS.split(words))
    kept: dict[str, str] = {}
    for one in filter(None, typed):
        kept.setdefault(slug_of_tag(one) or one, one)
    return tuple(kept.values())


def tidy_tag(words: str) -> str:
    """Return a tag as it is kept.

    Raises:
        InvalidInput: these words are no tag; the sentence says why.
    """
    kept = " ".join(unicodedata.normalize("NFC", words).split()).strip(" .,;#")
    if _ODD.search(kept):
        raise InvalidInput(f"“{_short(kept)}” has a character that no tag can have: leave it out.")
    if _ADDRESS.search(kept):
        raise InvalidInput(f"“{_short(kept)}” is an address: a tag is a word or two.")
    slug = slug_of_tag(kept)
    if len(kept) > LONGEST or slug.count("-") >= MOST_WORDS:
        raise InvalidInput(
            f"“{_short(kept)}” is too long for a tag: {MOST_WORDS} words and {LONGEST} characters "
            "are the most. Put commas between tags."
        )
    if len(slug.replace("-", "")) < SHORTEST:
        raise InvalidInput(f"“{_short(kept)}” is too short for a tag: write a word.")
    if not any(letter.isalpha() for letter in slug):
        raise InvalidInput(f"“{_short(kept)}” is only a number: add the word that it is about.")
    return kept


def tidy_tags(typed: Iterable[str]) -> tuple[str, ...]:
    """Return several tags as they are kept, each spelling once.

    Raises:
        InvalidInput: one of them is no tag, there is none, or there are too many.
    """
    kept: dict[str, str] = {}
    for words in typed:
        tag = tidy_tag(words)
        kept.setdefault(slug_of_tag(tag), tag)
    if not kept:
        raise InvalidInput("Write a tag, or several with commas between them.")
    if len(kept) > MOST_AT_ONCE:
        raise InvalidInput(f"{MOST_AT_ONCE} tags at once are the most: leave some out.")
    return tuple(kept.values())


def letter_of(slug: str) -> str:
    """Return under which letter of the list a tag stands; # for all that begin with none."""
    first = slug[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _short(words: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in words)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
