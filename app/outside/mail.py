"""The post, as the product knows it: a letter, who takes it, and what may go wrong on the way."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol

from app.domain.errors import LetterRefused
from app.domain.moments import utc_now

# One plain address and nothing more: no list, no name, no comment, nothing that ends a line.
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@[A-Za-z0-9.-]{1,189}")


@dataclass(frozen=True)
class Letter:
    """A mail of plain text. Further headers are by name, such as `Message-ID`."""

    to: str
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Mailer(Protocol):
    """Whoever takes letters."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; return once it is taken.

        Raises:
            LetterRefused: this letter will never be taken.
            LetterPutOff: this letter is not taken now; others may be.
            MailAway: nothing is taken now.
        """

    def rest(self) -> None:
        """Let go of what is held between two letters; called when no letter follows at once."""


def is_address(words: str) -> bool:
    """Say whether the words are one plain address, in ASCII."""
    return words.isascii() and ADDRESS.fullmatch(words) is not None


def to_message(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as it goes over the wire.

    Raises:
        LetterRefused: it is not to one plain address, or a line of its head could be taken for two.
    """
    if not is_address(letter.to):
        raise LetterRefused("That is not one plain mail address.")
    said = {**letter.headers, "Subject": letter.subject, "From": sender}
    if any(_has_control(name) or _has_control(value) for name, value in said.items()):
        raise LetterRefused("A heading of this letter holds a control character.")
    message = EmailMessage(policy=SMTP)
    message["To"] = letter.to
    for name, value in said.items():
        message[name] = value
    message["Date"] = format_datetime(utc_now())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    return message


def _has_control(words: str) -> bool:
    return any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in words)
