"""What programs send about tries."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from app.api.bodies import Body, Parameters, Text
from app.domain.evidence import Outcome
from app.domain.search import LAST_PAGE
from app.faces.search_parameters import LONGEST_CODE
from app.services.adoptions.saying import LONGEST_CHANGES

MOST_STAGES = 40
MOST_AGREED = 100
LONGEST_WORDS = 2 * LONGEST_CHANGES  # characters; the service says how many count
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def _is_month(text: str) -> str:
    if not _MONTH.fullmatch(text) or text.startswith("0000"):
        raise ValueError("must be a month, such as 2026-09")
    return text


Month = Annotated[Text, AfterValidator(_is_month)]
Code = Annotated[Text, Field(max_length=LONGEST_CODE)]


class TriesParameters(Parameters):
    """Which tries of a resource, and which page of them."""

    region: Code = Field("", description="The code of a region to keep to. Empty: all.")
    outcome: Outcome | None = Field(None, description="Only those that went so.")
    page: int = Field(1, ge=1, le=LAST_PAGE, description="A page past the last is empty.")


class TryBody(Body):
    """What a school says of its try."""

    stages: list[Code] = Field(max_length=MOST_STAGES, description="Codes of stages, at least one.")
    tried_on: Month = Field(description="The month, such as 2026-09; none to come.")
    outcome: Outcome
    would_repeat: bool
    changes: Annotated[Text, Field(max_length=LONGEST_WORDS)] = Field(
        "", description=f"What was changed: plain text, up to {LONGEST_CHANGES} characters."
    )
    agreed: list[Code] = Field(
        [],
        max_length=MOST_AGREED,
        description="Fingerprints of what may point to a pupil, and was looked at.",
    )


class TryChangeBody(Body):
    """What a school says of its try in another way; what is not sent stays as it is."""

    stages: list[Code] | None = Field(None, max_length=MOST_STAGES)
    tried_on: Month | None = None
    outcome: Outcome | None = None
    would_repeat: bool | None = None
    changes: Annotated[Text, Field(max_length=LONGEST_WORDS)] | None = None
    agreed: list[Code] = Field([], max_length=MOST_AGREED)


def first_of(month: str) -> date:
    """Return the first day of a month that was sent."""
    return date(int(month[:4]), int(month[5:]), 1)
