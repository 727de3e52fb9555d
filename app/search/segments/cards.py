"""What a line of results shows of a document, small enough to be read for every hit."""

import json
from datetime import date

from app.search.port import SearchDocument


def card_of(document: SearchDocument) -> str:
    """Return all of a document but its body, as JSON."""
    facets = {name: list(codes) for name, codes in document.facets.items()}
    return json.dumps(
        [
            document.id, document.slug, document.title, document.summary, document.mark, facets,
            document.tags, document.labels, document.school, document.language,
            document.is_sample, _told(document.published_on), _told(document.review_by),
            document.tries, document.fingerprint,
        ],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def document_on(card: str, body: str = "") -> SearchDocument:
    """Return the document that a card tells of; its body is not on the card."""
    (
        id_, slug, title, summary, mark, facets,
        tags, labels, school, language, is_sample, published, review, tries, fingerprint,
    ) = json.loads(card)  # fmt: skip
    return SearchDocument(
        id=id_,
        slug=slug,
        title=title,
        summary=summary,
        body=body,
        mark=mark,
        facets={name: tuple(codes) for name, codes in facets.items()},
        tags=tuple(tags),
        labels=tuple(labels),
        school=school,
        language=language,
        is_sample=is_sample,
        published_on=date.fromordinal(published) if published else None,
        review_by=date.fromordinal(review) if review else None,
        tries=tries,
        fingerprint=fingerprint,
    )


def _told(day: date | None) -> int:
    return day.toordinal() if day else 0
