"""Lines of the results page: what each shows of a resource, its matches marked."""

from app.search.finding.shelf import Shelf
from app.search.port import Hit, Reason, SearchDocument
from app.search.segments.cards import document_on
from app.search.showing.snippets import Marker, Piece, snippet, whole


def card(number: int, shelf: Shelf) -> SearchDocument:
    """Return a document without its body."""
    segment, within = shelf.snapshot.place(number)
    return document_on(segment.documents.cards[within])


def hit_for(
    document: SearchDocument,
    score: float,
    marker: Marker,
    piece: Piece,
    reasons: tuple[Reason, ...] = (),
) -> Hit:
    """Return a line of the results page, its matches marked."""
    return Hit(
        id=document.id,
        slug=document.slug,
        title=document.title,
        summary=document.summary,
        facets=document.facets,
        score=score,
        title_fragments=whole(document.title, marker),
        snippet=snippet(piece, marker),
        tags=document.tags,
        school=document.school,
        language=document.language,
        is_sample=document.is_sample,
        published_on=document.published_on,
        tries=document.tries,
        reasons=reasons,
    )
