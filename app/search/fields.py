"""What is searchable and how much it weighs: the one table every engine reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.search.analysis import LIST_GAP, joined
from app.search.port import SearchDocument


@dataclass(frozen=True)
class TextField:
    """A field whose words are searched."""

    name: str  # as people may type it before a colon, and as the index calls it
    weight: float  # how much a match here counts beside one in the body


TEXT_FIELDS: tuple[TextField, ...] = (
    TextField("title", 2.0),
    TextField("summary", 1.5),
    TextField("tags", 2.0),
    TextField("labels", 1.5),
    TextField("school", 1.0),
    TextField("body", 1.0),
)


def texts_of(document: SearchDocument) -> Mapping[str, str]:
    """Return the text of each searched field."""
    return {
        "title": document.title,
        "summary": document.summary,
        "tags": joined(document.tags),
        "labels": joined(document.labels),
        "school": document.school,
        # Its words are counted through without a gap, so that a snippet can begin at any of them.
        "body": document.body.replace(LIST_GAP, " "),
    }
