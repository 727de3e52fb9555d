"""What programs send about drafts."""

from typing import Annotated

from pydantic import Field, model_validator

from app.api.bodies import Body, Parameters, Text
from app.domain.resources import Kind
from app.domain.search import LAST_PAGE
from app.faces.row_numbers import LARGEST

LONGEST_ADDRESS = 120  # characters
LONGEST_FIELD = 60_000  # characters
MOST_VALUES = 100
MOST_FIELDS = 60
MOST_PER_PAGE = 100
PER_PAGE = 20


FieldText = Annotated[Text, Field(max_length=LONGEST_FIELD)]


class StartBody(Body):
    """What to begin: either a new resource of a kind, or a new version of a published one."""

    kind: Kind | None = Field(None, description="Of a new resource.")
    start_from: Annotated[Text, Field(max_length=LONGEST_ADDRESS)] | None = Field(
        None, description="A published resource's id or slug."
    )
    number: int | None = Field(
        None, ge=1, le=LARGEST, description="With start_from: an older version to begin with."
    )

    @model_validator(mode="after")
    def _either(self) -> "StartBody":
        if (self.kind is None) == (self.start_from is None):
            raise ValueError("Give either “kind” or “start_from”.")
        if self.number is not None and self.start_from is None:
            raise ValueError("“number” goes with “start_from”.")
        return self


class ChangeBody(Body):
    """A change of a draft."""

    version: int = Field(ge=1, le=LARGEST, description="The version that the change begins from.")
    fields: dict[str, FieldText | Annotated[list[FieldText], Field(max_length=MOST_VALUES)]] = (
        Field(
            max_length=MOST_FIELDS,
            description="Fields by name; one that is not sent stays as it is.",
        )
    )


class MineParameters(Parameters):
    """Which page of the list."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="A page past the last is empty.")
    per_page: int = Field(PER_PAGE, ge=1, le=MOST_PER_PAGE)
