"""What the pupil-privacy gate reports: a risk, where it stands, why, and what to write instead."""

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Risk(StrEnum):
    """What might give a pupil, or somebody's private life, away."""

    PUPIL_NAME = "pupil-name"
    INITIALS = "initials"
    DATE_OF_BIRTH = "date-of-birth"
    CANDIDATE_NUMBER = "candidate-number"
    EMAIL = "email"
    TELEPHONE = "telephone"
    POSTCODE = "postcode"
    SMALL_COHORT = "small-cohort"
    SMALL_SCHOOL = "small-school"
    DOCUMENT_AUTHOR = "document-author"

    @property
    def label(self) -> str:
        """The risk in words: date of birth."""
        return "e-mail" if self is Risk.EMAIL else self.value.replace("-", " ")


@dataclass(frozen=True)
class Finding:
    """One trace, in place: `text` is exactly `text[start:end]` of what was judged."""

    risk: Risk
    start: int
    end: int
    text: str
    why: str  # a sentence for the headteacher
    suggestion: (
        str  # to put in place of the text; "" where there is nothing better than leaving it out
    )
    fingerprint: str  # hex; the same for the same words in the same company, wherever they move


@dataclass(frozen=True)
class Surroundings:
    """What is known besides the text."""

    school_name: str = ""
    school_roll: int | None = None
    stages: tuple[str, ...] = ()
    document_authors: tuple[str, ...] = ()
    known_places: frozenset[str] = frozenset()  # schools, authorities, places: no people


@dataclass(frozen=True)
class Suspect:
    """What a rule points at, before it is known to stand clear of the others."""

    risk: Risk
    start: int
    end: int
    why: str
    suggestion: str = ""


def fold(words: str) -> str:
    """Return the words in lower case, without accents, with single spaces and plain apostrophes."""
    if words.isascii() and words.isalpha():
        return words.lower()
    if not words.isascii():
        plain = unicodedata.normalize("NFKD", words.replace("’", "'").replace("ł", "l"))
        words = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(words.lower().split())


def fingerprint_of(risk: Risk, text: str, before: str, after: str, repeat: int) -> str:
    """Return what a justification is remembered by.

    `before` and `after` are the neighbouring words; `repeat` counts from 0 the same words in the
    same company, in the order of the text.
    """
    parts = (risk.value, fold(text), fold(before), fold(after), str(repeat))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
