"""What the zip's own search knows: each item's words, and words that mean the same."""

import json
from collections.abc import Iterable

from app.domain.pack_contents import Pack, PackItem
from app.domain.taxonomy import Taxonomy, WordGroup, fold
from app.formats.markdown import plain_text

NAME = "packIndex"  # of the one value that the file sets


def search_index(pack: Pack, taxonomy: Taxonomy, page_of: dict[int, str]) -> bytes:
    """Return the index as a script that sets one value: a page from a stick may fetch nothing.

    `page_of` gives each item's page by its number.
    """
    items = [_entry(item, page_of[item.number]) for item in pack.items]
    words = f" {fold(' '.join(' '.join((i['title'], i['keys'], i['text'])) for i in items))} "
    index = {
        "items": items,
        "groups": [list(group) for group in _groups(taxonomy.word_groups, words)],
        "misspelt": {
            typed: meant
            for typed, meant in sorted(taxonomy.misspellings.items())
            if f" {fold(meant)} " in words
        },
    }
    # An ending of a script element within it, and line ends that old engines trip over.
    written = json.dumps(index, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.{NAME}={written};\n".encode()


def _entry(item: PackItem, page: str) -> dict[str, str]:
    return {
        "page": page,
        "title": item.title,
        "place": item.place,
        "summary": item.summary,
        "keys": " ".join((*item.keywords, item.place, item.kind)),
        "text": " ".join((item.summary, plain_text(item.body))),
    }


def _groups(groups: Iterable[WordGroup], words: str) -> Iterable[tuple[str, ...]]:
    """Yield the groups, folded, of which a member stands in the pack: others find nothing."""
    seen = set()
    for group in groups:
        members = tuple(dict.fromkeys(fold(member) for member in group.members))
        is_here = any(f" {member} " in words for member in members)
        if is_here and len(members) > 1 and not group.is_broad and members not in seen:
            seen.add(members)
            yield members
