"""The lists of words that stand as files beside the rules."""

from importlib import resources

from app.domain.privacy.findings import fold


def read_lines(file: str) -> list[str]:
    """Return the lines of a list, without its comments."""
    text = (resources.files("app.domain.privacy") / "words" / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read_words(file: str) -> frozenset[str]:
    """Return the words of a list, folded."""
    return frozenset(fold(word) for line in read_lines(file) for word in line.split())
