"""What programs send about reviews."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from app.api.bodies import Body, Parameters, Text
from app.domain.resources import Kind
from app.domain.search import LAST_PAGE
from app.domain.workflow import SHORTEST_COMMENT
from app.faces.row_numbers import LARGEST
from app.faces.search_parameters import LONGEST_CODE
from app.services.reviews.comments import LONGEST
from app.services.reviews.queue import Stage

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

Comment = Annotated[Text, Field(max_length=LONGEST)]
Mark = Annotated[int, Field(ge=1, le=4)]


def _near(moment: datetime) -> datetime:
    # Moments at the ends of the calendar cannot be told in UTC.
    if not FIRST <= moment <= LAST:
        raise ValueError("must be a moment of this century")
    return moment


class QueueParameters(Parameters):
    """Which part of the queue, and which page of it."""

    stage: Stage = Field(
        Stage.WAITING, description="waiting to be decided; approved; with_writers for changes."
    )
    kind: Kind | None = Field(None, description="Only of this kind.")
    authority: Annotated[Text, Field(max_length=LONGEST_CODE)] = Field(
        "", description="The code of an authority to keep to. Empty: any."
    )
    whose: Literal["", "mine", "nobody"] = Field(
        "", description="mine: given to the person; nobody: given to nobody. Empty: all."
    )
    page: int = Field(1, ge=1, le=LAST_PAGE, description="A page past the last is empty.")


class Marks(Body):
    """The rubric: each from 1 (not yet) to 4."""

    clarity: Mark
    evidence: Mark
    transferability: Mark
    inclusion: Mark
    privacy: Mark


class DecisionBody(Body):
    """A decision, with what it rests on."""

    comment: Comment = Field(
        description=f"Why, for the writers: {SHORTEST_COMMENT} characters or more."
    )
    marks: Marks
    seen_version: int = Field(ge=1, le=LARGEST, description="The version that was read.")


class CommentBody(Body):
    """Something to say about a submission."""

    words: Comment
    section: Annotated[Text, Field(max_length=LONGEST_CODE)] = Field(
        "", description="The code of a section. Empty: the whole."
    )
    is_blocking: bool = Field(False, description="Must be resolved before it can be approved.")


class PublishBody(Body):
    """When to publish."""

    publish_at: Annotated[AwareDatetime, AfterValidator(_near)] | None = Field(
        None, description="Not before this moment, with its zone. null: now."
    )


class ReasonBody(Body):
    """Why a resource is withdrawn or restored."""

    reason: Comment = Field(description=f"{SHORTEST_COMMENT} characters or more.")
