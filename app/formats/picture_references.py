"""Where a Markdown text shows pictures, and how to point it at others."""

import re
from collections.abc import Mapping

from app.formats.markdown import picture_sources

# What stands before a picture's address: ![words]( or src=" or [name]:
BEFORE = r"""(\]\(\s*<?|\bsrc\s*=\s*["']?|^ {0,3}\[[^\]\n]+\]:\s*<?)"""
BEHIND = r"""(?=[>\s)"']|$)"""


def own_references(text: str) -> tuple[str, ...]:
    """Return the pictures the text shows that are no web addresses, each once, in order."""
    return tuple(
        source
        for source in dict.fromkeys(picture_sources(text))
        if source and ":" not in source and not source.startswith(("//", "#"))
    )


def with_references(text: str, new: Mapping[str, str]) -> str:
    """Return the text with its pictures' addresses replaced; other words stay as they are."""
    if not new:
        return text
    either = "|".join(re.escape(old) for old in sorted(new, key=len, reverse=True))
    pattern = re.compile(f"{BEFORE}({either}){BEHIND}", re.MULTILINE)
    return pattern.sub(lambda found: found[1] + new[found[2]], text)


def without_references(text: str) -> str:
    """Return the text with its own pictures' addresses blank, to compare words by."""
    return with_references(text, dict.fromkeys(own_references(text), ""))
