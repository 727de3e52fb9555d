"""Lines offered while someone types, with tags by the names that they are called by now."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.tags import slug_of_tag
from app.domain.taxonomy import fold
from app.search.finding.ranking import find
from app.search.finding.shelf import Shelf
from app.search.language.tag_meanings import TagMeanings, wording_of_tag
from app.search.port import Suggestion
from app.search.showing.suggestions import SHORTEST_TYPED, suggest

MORE = 8  # lines looked at besides: some fall together


def suggest_called(prefix: str, shelf: Shelf, limit: int, tags: TagMeanings) -> list[Suggestion]:
    """Return the best lines, a tag once whatever its spellings, and none that is retired."""
    found = suggest(prefix, shelf, limit + MORE)
    if tags:
        found = _with_new_names(prefix, found, shelf, tags)
    kept: dict[tuple[str, str], Suggestion] = {}
    for line in found:
        if line.kind != "tag":
            kept.setdefault((line.text, f"{line.kind} {line.slug}"), line)
        elif (now := tags.offered(line.text)) is not None:
            kept.setdefault((slug_of_tag(now), line.kind), replace(line, text=now))
    return list(kept.values())[:limit]


def _with_new_names(
    prefix: str, found: list[Suggestion], shelf: Shelf, tags: TagMeanings
) -> list[Suggestion]:
    """Add the tags whose new name begins so, which stands in no document; before the titles."""
    new = [Suggestion(now, "tag") for now in _beginning(prefix, shelf, tags)]
    first_title = next((n for n, one in enumerate(found) if one.kind == "title"), len(found))
    return [*found[:first_title], *new, *found[first_title:]]


def _beginning(prefix: str, shelf: Shelf, tags: TagMeanings) -> Iterator[str]:
    typed = fold(prefix)
    if len(typed) < SHORTEST_TYPED:
        return
    for now, group in tags.groups():
        if f" {typed}" in f" {fold(now)}".replace("-", " "):
            wordings = (wording_of_tag(name.written, now) for name in group)
            if any(len(find(one, shelf).documents) for one in wordings if one.phrase):
                yield now
