"""How a document lies in a Whoosh index: the schema, and the way there and back.

Scores, filters and order are worked out by our own reading (ranking.py,
catalogue.py), so the index holds only what that needs: the places of each form
in each text field, the whole words of a document once, and the document itself.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, Schema

from app.search.analysis import words
from app.search.fields import TEXT_FIELDS, texts_of
from app.search.port import SearchDocument

ID_FIELD = "id"
WORDS_FIELD = "words"  # each word of a document, whole and folded, from any field
STORED_FIELD = "document"

# Raise this when analysis changes what it yields, so that older indexes are drawn anew.
_REVISION = 1


class FormAnalyzer(Analyzer):
    """Our analysis as Whoosh asks for it; pickled into the index by this name."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield a token for each word that has a form, at its place."""
        token = Token(**options)
        for word in words(value):
            if word.form:
                token.text, token.pos = word.form, word.place
                yield token


def make_schema() -> Schema:
    """Return the schema of a new index."""
    schema = Schema()
    schema.add(ID_FIELD, ID(unique=True))
    schema.add(WORDS_FIELD, _list_of_words())
    schema.add(STORED_FIELD, STORED())
    for field in TEXT_FIELDS:
        schema.add(field.name, TEXT(analyzer=FormAnalyzer()))
    return schema


def _list_of_words() -> ID:
    # Whoosh asks for a field's length with each posting, and looks for its file
    # anew each time where a field keeps none; docs/decisions/0003 tells what keeping one saves.
    field = ID()
    field.scorable = True
    return field


def layout() -> str:
    """Return a short name that changes with the schema: an index of another cannot be read."""
    told = (_REVISION, [field.name for field in TEXT_FIELDS], _attributes())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def entry(document: SearchDocument) -> dict[str, Any]:
    """Return a document as Whoosh takes it in."""
    # A lone surrogate, half a character, cannot be written down as UTF-8.
    texts = {name: _whole_characters(text) for name, text in texts_of(document).items()}
    surfaces = {word.surface for text in texts.values() for word in words(text)}
    return {
        **{name: text for name, text in texts.items() if text},
        ID_FIELD: document.id,
        WORDS_FIELD: sorted(surfaces),
        STORED_FIELD: _packed(document),
    }


def document_of(stored: Mapping[str, Any]) -> SearchDocument:
    """Return the document that an entry was made of."""
    return SearchDocument(**dict(zip(_attributes(), stored[STORED_FIELD], strict=True)))


def _packed(document: SearchDocument) -> tuple[Any, ...]:
    # Whoosh pickles and compresses what is stored.
    plain = replace(document, facets=dict(document.facets))
    return tuple(getattr(plain, name) for name in _attributes())


def _attributes() -> list[str]:
    return [field.name for field in fields(SearchDocument)]


def _whole_characters(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
