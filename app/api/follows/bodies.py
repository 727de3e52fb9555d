"""What programs send about follows."""

from typing import Annotated

from pydantic import Field

from app.api.bodies import Body, Text
from app.domain.follows import FollowKind

LONGEST_SENT = 2000  # characters: a search's address before it is put in order


class FollowBody(Body):
    """What to follow."""

    kind: Annotated[FollowKind, Field(strict=False)]
    key: Annotated[Text, Field(max_length=LONGEST_SENT)] = Field(
        description="A code of the taxonomy, a tag, a school's id, a collection's slug or id, or "
        "what stands behind the question mark of a search page's address."
    )
