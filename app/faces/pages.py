"""Where the page of something found stands: of a resource, or of a collection."""

from flask import url_for

from app.domain.collections import KIND as COLLECTION


def page_url(kind: str, slug: str, *, is_absolute: bool = False) -> str:
    """Return the address of the page of what was found; `kind` is its code."""
    endpoint = "collections.show" if kind == COLLECTION else "resources.show"
    return url_for(endpoint, address=slug, _external=is_absolute)
