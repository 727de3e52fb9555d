"""Passwords: which are accepted, and how they are kept."""

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from app.domain.errors import InvalidInput
from app.domain.taxonomy import fold

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 128  # characters
FEWEST_LETTERS = 4  # different ones
SHORTEST_NAME = 3  # characters; a shorter word is in many passwords by chance
LEAST_LEFT = 6  # characters, when one's own names are taken out
# Only for somebody who does not exist, so that asking for them takes as long as for others.
NOBODY = "a password that nobody has"


def require_good(password: str, *own: str) -> None:
    """Do nothing where the password may be used by somebody with these names and addresses.

    Length is what makes a password strong (NCSC, “three random words”): nothing is asked of its
    characters.

    Raises:
        InvalidInput: it is too short, too long, common, or the person's own name.
    """
    if len(password) < SHORTEST:
        raise InvalidInput(f"Use at least {SHORTEST} characters: three random words, for example.")
    if len(password) > LONGEST:
        raise InvalidInput(f"Use at most {LONGEST} characters.")
    plain = fold(password).replace(" ", "")
    if plain in _common() or _is_own(plain, own) or len(set(plain)) < FEWEST_LETTERS:
        raise InvalidInput("That password is easily guessed: choose three random words instead.")


def _is_own(plain: str, own: tuple[str, ...]) -> bool:
    """Say whether too little is left of a password without the person's own names."""
    words = {word for text in own for word in re.split(r"[\W_]+", fold(text))}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= SHORTEST_NAME:
            plain = plain.replace(word, "")
    return len(plain) < LEAST_LEFT


def hash_of(password: str) -> str:
    """Return what is kept of a password: argon2id, as a PHC string."""
    return _hasher().hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Say whether the password is the one kept; takes as long where none is kept."""
    from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415 - slow to import

    try:
        matches = _hasher().verify(kept or _nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return matches and kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether the password was kept with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def spend(*, little: bool) -> None:
    """Choose what a hash costs in this process: little in tests, which hash often."""
    _cost["profile"] = "CHEAPEST" if little else "RFC_9106_LOW_MEMORY"
    _hasher.cache_clear()
    _nobodys.cache_clear()


# RFC 9106, second recommended option: 64 MiB, for a server that answers several at once.
_cost = {"profile": "RFC_9106_LOW_MEMORY"}


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher, profiles  # noqa: PLC0415 - slow to import

    return PasswordHasher.from_parameters(getattr(profiles, _cost["profile"]))


@cache
def _nobodys() -> str:
    return hash_of(NOBODY)


@cache
def _common() -> frozenset[str]:
    text = resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
