"""Stand-in until the privacy gate's judgement is merged: addresses and a name before a stage."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum


class Risk(StrEnum):
    """What kind of trace it is."""

    PUPIL_NAME = "pupil-name"
    EMAIL = "email"
    DOCUMENT_AUTHOR = "document-author"


@dataclass(frozen=True)
class Finding:
    """Words that may point to somebody: where they stand, why, and what to write instead."""

    risk: Risk
    start: int
    end: int
    text: str
    why: str
    suggestion: str
    fingerprint: str


@dataclass(frozen=True)
class Surroundings:
    """What is known of where the text comes from."""

    school_name: str = ""
    school_roll: int | None = None
    stages: tuple[str, ...] = ()
    document_authors: tuple[str, ...] = ()
    known_places: frozenset[str] = frozenset()


_NAME = re.compile(r"\b[A-Z][a-z]+(?= in P[1-7]\b)")
_EMAIL = re.compile(r"[\w.]+@[\w.]+\w")


def find_risks(text: str, around: Surroundings) -> tuple[Finding, ...]:
    """Return what may point to a pupil, in order of place."""
    names = [
        (m, Risk.PUPIL_NAME, "This reads as a pupil’s name.", "a learner")
        for m in _NAME.finditer(text)
    ]
    mails = [
        (m, Risk.EMAIL, "This is somebody’s own e-mail address.", "the school office")
        for m in _EMAIL.finditer(text)
    ]
    authors = [
        (m, Risk.DOCUMENT_AUTHOR, "The document names this person as an author.", "a colleague")
        for author in around.document_authors
        for m in re.finditer(re.escape(author), text)
    ]
    found = sorted(names + mails + authors, key=lambda item: item[0].start())
    return tuple(
        Finding(
            risk,
            m.start(),
            m.end(),
            m[0],
            why,
            instead,
            hashlib.sha256(f"{risk}{m[0]}".encode()).hexdigest(),
        )
        for m, risk, why, instead in found
    )
