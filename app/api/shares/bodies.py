"""What programs send about shares and secret links."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.api.bodies import Body, Parameters, Text
from app.domain.search import LAST_PAGE
from app.domain.sharing import MESSAGE_LIMIT, PURPOSE_LIMIT

LONGEST_ADDRESS = 120  # characters
LONGEST_VALUE = 254  # characters: the longest e-mail address


class SharesParameters(Parameters):
    """Which shares, and which page of them."""

    side: Literal["received", "sent"] = Field(
        "received", description="What others sent to the person, or what they sent."
    )
    page: int = Field(1, ge=1, le=LAST_PAGE, description="A page past the last is empty.")


class _About(Body):
    resource: Annotated[Text, Field(max_length=LONGEST_ADDRESS)] | None = Field(
        None, description="A published resource's id or slug."
    )
    collection: Annotated[Text, Field(max_length=LONGEST_ADDRESS)] | None = Field(
        None, description="A collection's id or slug."
    )

    @model_validator(mode="after")
    def _either(self) -> "_About":
        if (self.resource is None) == (self.collection is None):
            raise ValueError("Give either “resource” or “collection”.")
        return self


class RecipientBody(Body):
    """Whom a share is for."""

    kind: Literal["person", "school", "authority", "region", "group"]
    value: Annotated[Text, Field(max_length=LONGEST_VALUE)] = Field(
        description="An e-mail address, the id of a school or of a group, a code of the taxonomy."
    )


class ShareBody(_About):
    """A resource or a collection, sent to somebody."""

    to: RecipientBody
    message: Annotated[Text, Field(max_length=MESSAGE_LIMIT)] = ""


class LinkBody(_About):
    """A secret link to be made."""

    days: Literal[1, 7, 30, 90] = Field(7, description="How long it is good.")
    uses: Literal[1, 5] | None = Field(1, description="How often; null: until it expires.")
    purpose: Annotated[Text, Field(max_length=PURPOSE_LIMIT)] = ""
