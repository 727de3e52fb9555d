"""Given names, and names that everybody knows: from our own lists."""

from functools import cache

from app.domain.privacy.findings import fold
from app.domain.privacy.word_lists import read_lines, read_words


@cache
def given_names() -> frozenset[str]:
    """Return the folded given names that are nothing else."""
    return read_words("given_names.txt") - names_that_are_words()


@cache
def names_that_are_words() -> frozenset[str]:
    """Return the folded given names that are also words, places or surnames."""
    return read_words("names_that_are_words.txt")


@cache
def public_people() -> frozenset[str]:
    """Return the folded whole names of people and characters that classes learn about."""
    return frozenset(fold(line) for line in read_lines("public_people.txt"))


def is_given_name(word: str) -> bool:
    """Return whether the word, or the first part of a double name, is a given name and no more."""
    plain = fold(word)
    return plain in given_names() or ("-" in plain and plain.partition("-")[0] in given_names())


def may_be_given_name(word: str) -> bool:
    """Return whether the word is a given name, be it something else as well."""
    plain = fold(word)
    if "-" in plain and plain.partition("-")[0] in _all_names():
        return True
    return plain in _all_names()


@cache
def _all_names() -> frozenset[str]:
    return given_names() | names_that_are_words()
