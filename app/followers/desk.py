"""What every letter needs: links that are full and signed, a number, words on one line."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from app.formats.signed_links import Purpose, make_link_token

SUBJECT_LIMIT = 120  # characters
LIBRARY = "the Good Practice Library"


@dataclass(frozen=True)
class Desk:
    """What a letter needs from the settings: how links begin, and what signs them."""

    address: str
    secret_key: str

    def link(self, path: str) -> str:
        """Return a full link to a path of ours."""
        return f"{self.address}/{path.lstrip('/')}"

    def signed_link(self, path: str, purpose: Purpose, row_id: int) -> str:
        """Return a full link that ends with the secret of a row."""
        return self.link(f"{path}/{make_link_token(self.secret_key, purpose, row_id)}")

    def message_id(self, what: str, row_id: int, at: datetime) -> str:
        """Return the Message-ID of the letter about a row: a repeat has the same."""
        host = urlsplit(self.address).hostname
        return f"<{what}.{row_id}.{at:%Y%m%dT%H%M%S%f}@{host}>"


@dataclass(frozen=True)
class NoLetter:
    """Why nothing is sent."""

    reason: str


def plain(words: str) -> str:
    """Return the words on one line, without control characters: people choose names and titles."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in words)
    return " ".join("".join(shown).split())


def subject_of(sentence: str) -> str:
    """Return the words as the subject of a letter, cut where they are long."""
    words = plain(sentence)
    return words if len(words) <= SUBJECT_LIMIT else words[: SUBJECT_LIMIT - 1].rstrip() + "…"
