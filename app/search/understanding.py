"""Read a query like a colleague: what it asks of the index, and what to tell the person."""

from collections.abc import Collection

from app.search.plan import Understanding, make_plan
from app.search.query_language import ParsedQuery
from app.search.synonyms import Thesaurus


def understand(
    parsed: ParsedQuery, thesaurus: Thesaurus, plain: Collection[str] = ()
) -> Understanding:
    """Say what a parsed query means.

    Args:
        plain: words whose chip was taken off; they are searched as typed.
    """
    return Understanding(make_plan(parsed, thesaurus))
