"""A document of the corpus as the file of a resource, to be loaded like any other."""

import json

from app.search.port import SearchDocument

LONGEST_TITLE = 150  # characters
LISTS = {"stage": "stages", "area": "areas", "theme": "themes", "sector": "sectors"}


def markdown_of(document: SearchDocument) -> str:
    """Return a document as the file of a resource."""
    # JSON is YAML too, and needs no care for what a title may hold.
    head: dict[str, object] = {
        "id": ulid_of(document.id),
        "kind": "case-study",
        "title": document.title[:LONGEST_TITLE],
        "summary": document.summary or document.title,
        "notice": "Made by a benchmark from shuffled paragraphs.",
        "region": document.facets["region"][0],
        "authority": document.facets["authority"][0],
        "school": document.school,
        "audience": document.mark,
        "tags": list(document.tags),
        "language": "en",
        "licence": "CC-BY-4.0",
        "published_on": str(document.published_on),
        "review_by": str(document.review_by),
    }
    head |= {key: list(document.facets[facet]) for facet, key in LISTS.items()}
    lines = "\n".join(f"{key}: {json.dumps(value)}" for key, value in head.items())
    return f"---\n{lines}\n---\n## Context\n\n{document.body}\n"


def ulid_of(number: str) -> str:
    """Return a corpus id as a ULID: digits are letters of its alphabet."""
    return "01" + number[2:]
