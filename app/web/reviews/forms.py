"""Forms of reviewing: a decision with its rubric, a comment, a day to publish on."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.domain.moments import SCOTLAND
from app.domain.rubric import CRITERIA
from app.domain.workflow import Step

DECISIONS = (
    (Step.APPROVE, "Approve it"),
    (Step.ASK_FOR_CHANGES, "Ask for changes"),
    (Step.DECLINE, "Decline it"),
)
LONGEST_COMMENT = 4000  # characters
TOO_LONG = f"Write at most {LONGEST_COMMENT} characters"


# Made before the form, so that they stand first in it and in its summary of errors.
_MARKS = {
    f"mark_{criterion.code}": RadioField(
        f"{criterion.label}: {criterion.question}",
        choices=[
            SelectChoice(str(mark), f"{mark}: {words}")
            for mark, words in enumerate(criterion.marks, 1)
        ],
        validators=[DataRequired(f"Give {criterion.label.lower()} a mark")],
    )
    for criterion in CRITERIA
}


class DecisionForm(FlaskForm):
    """The marks, what a reviewer decides, and why. Marks are named mark_CRITERION."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    step = RadioField(
        "Decision",
        choices=[SelectChoice(step.value, words) for step, words in DECISIONS],
        validators=[DataRequired("Choose what you decide")],
        id="decision-step",  # a heading of the submission may well be “Step 1”
    )
    comment = TextAreaField(
        "Your comment",
        [
            DataRequired("Say why, in a sentence that the writers can act on"),
            Length(max=LONGEST_COMMENT, message=TOO_LONG),
        ],
        id="decision-comment",
    )

    def marks(self) -> Mapping[str, int]:
        """Return the marks by criterion."""
        return {c.code: int(self[f"mark_{c.code}"].data) for c in CRITERIA}


for _name, _field in _MARKS.items():
    setattr(DecisionForm, _name, _field)


class CommentForm(FlaskForm):
    """Something to say about a section."""

    section = SelectField("About", validate_choice=False, id="comment-section")
    words = TextAreaField(
        "Comment",
        [
            DataRequired("Write your comment"),
            Length(max=LONGEST_COMMENT, message=TOO_LONG),
        ],
        id="comment-words",
    )
    is_blocking = BooleanField("It must be settled before this can be approved")


class AnswerForm(FlaskForm):
    """An answer to a comment; `back` is the page that it was written on."""

    words = TextAreaField(
        "Answer",
        [
            DataRequired("Write your answer"),
            Length(max=LONGEST_COMMENT, message=TOO_LONG),
        ],
    )
    back = HiddenField()


class PublishForm(FlaskForm):
    """When to publish."""

    when = RadioField(
        "When",
        choices=[SelectChoice("now", "Now"), SelectChoice("later", "On a day to come")],
        default="now",
        validators=[DataRequired("Choose when")],
    )
    day = DateField("Day", [Optional()])
    hour = TimeField("Time in Scotland", [Optional()], default=time(9, 0))

    def moment(self) -> datetime | None:
        """Return the moment that was chosen, in UTC; None for now.

        Raises:
            ValueError: a day is missing.
        """
        if self.when.data == "now":
            return None
        day: date | None = self.day.data
        if day is None:
            raise ValueError("Enter the day, for example 17 08 2027")
        chosen = datetime.combine(day, self.hour.data or time(9, 0), tzinfo=SCOTLAND)
        return chosen.astimezone(UTC)


class ReasonForm(FlaskForm):
    """Why a resource is withdrawn or restored."""

    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Say why, in a sentence"),
            Length(max=LONGEST_COMMENT, message=TOO_LONG),
        ],
    )
