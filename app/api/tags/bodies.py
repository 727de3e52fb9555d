"""What programs send about tags."""

from typing import Annotated

from pydantic import Field

from app.api.bodies import Body, Parameters, Text
from app.domain.search import LAST_PAGE
from app.domain.tags import LONGEST, MOST_AT_ONCE

MOST_PER_PAGE = 100
Name = Annotated[Text, Field(max_length=LONGEST * 2)]


class PageParameters(Parameters):
    """Which page."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="A page past the last is empty.")


class TagsParameters(PageParameters):
    """Which tags, and which page of them."""

    q: Annotated[Text, Field(max_length=LONGEST * 2)] = Field(
        "", description="Only those whose name has this, in any spelling. Empty: all."
    )
    per_page: int = Field(50, ge=1, le=MOST_PER_PAGE)


class TagsBody(Body):
    """Tags to put on a resource."""

    tags: Annotated[list[Name], Field(max_length=MOST_AT_ONCE)] = Field(
        description="In your own words; a spelling that others use is taken for theirs."
    )


class MergeBody(Body):
    """What a tag is merged into."""

    into: Name = Field(description="The tag that is kept: its slug or its name.")


class RenameBody(Body):
    """What a tag is to be called."""

    label: Name
