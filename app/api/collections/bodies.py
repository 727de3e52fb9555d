"""What programs send about collections."""

from typing import Annotated

from pydantic import Field

from app.api.bodies import Body, Parameters, Text
from app.domain.audience import Audience
from app.domain.collections import (
    COVER_TEXT_LIMIT,
    INTRODUCTION_LIMIT,
    LONGEST_ITEM_MINUTES,
    NOTE_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
)
from app.domain.search import LAST_PAGE
from app.faces.row_numbers import LARGEST

MOST_PER_PAGE = 100
LONGEST_CODE = 60

Title = Annotated[Text, Field(max_length=TITLE_LIMIT)]


class ListParameters(Parameters):
    """Which collections, and which page of them."""

    region: Annotated[Text, Field(max_length=LONGEST_CODE)] = Field(
        "", description="A code of the vocabulary regions; none: all."
    )
    page: int = Field(1, ge=1, le=LAST_PAGE, description="A page past the last is empty.")
    per_page: int = Field(20, ge=1, le=MOST_PER_PAGE)


class BeginBody(Body):
    """A new collection; private until it is published."""

    title: Title


class FieldsBody(Body):
    """The fields to change; one that is not sent stays as it is."""

    title: Title | None = None
    summary: Annotated[Text, Field(max_length=SUMMARY_LIMIT)] | None = None
    introduction: Annotated[Text, Field(max_length=INTRODUCTION_LIMIT)] | None = Field(
        None, description="Markdown; it shows no pictures."
    )
    audience: Audience | None = Field(None, strict=False)
    language: Annotated[Text, Field(max_length=20)] | None = None
    cover_text: Annotated[Text, Field(max_length=COVER_TEXT_LIMIT)] | None = None
    region: Annotated[Text, Field(max_length=LONGEST_CODE)] | None = Field(
        None, description="Only by people who belong to no region."
    )


class ChangeBody(Body):
    """A change of what a collection says of itself."""

    version: int = Field(ge=1, le=LARGEST, description="The version that the change begins from.")
    fields: FieldsBody


class ItemBody(Body):
    """Where a resource is to stand in a collection, and what is said to it."""

    section: int | None = Field(None, ge=1, le=LARGEST, description="The id of a section.")
    place: int | None = Field(
        None, ge=0, le=1000, description="From 0 in its section; none: at the end, or as it is."
    )
    note: Annotated[Text, Field(max_length=NOTE_LIMIT)] | None = Field(
        None, description="Markdown."
    )
    minutes: int | None = Field(None, ge=1, le=LONGEST_ITEM_MINUTES)
