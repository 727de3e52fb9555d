"""Forms of “I tried this”: what a school says of its try, and what a reviewer says of a study."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.domain.evidence import Outcome
from app.services.adoptions.evaluations import Found
from app.services.adoptions.saying import FieldRefused, MayPointToPupil, Told, this_month

OFFERED_MONTHS = 36  # back from this one
YES, NO = "yes", "no"
OUTCOMES = {
    Outcome.WORKED: "It worked",
    Outcome.PARTLY: "It worked in part",
    Outcome.NOT: "It did not work for us",
}
MONTH = "%Y-%m"


class TryForm(FlaskForm):
    """What a school says of its try. `agreed` holds what may point to a pupil and may stand."""

    to_agree = ""  # what the writer may let stand, once it was found

    stages = SelectMultipleField("Which stages tried it?", [DataRequired("Choose a stage")])
    tried_on = SelectField("When?", [DataRequired("Choose the month")])
    outcome = RadioField(
        "How did it go?",
        choices=[SelectChoice(outcome.value, words) for outcome, words in OUTCOMES.items()],
        validators=[DataRequired("Say how it went")],
    )
    would_repeat = RadioField(
        "Would you do it again?",
        choices=[SelectChoice(YES, "Yes"), SelectChoice(NO, "No")],
        validators=[DataRequired("Say whether you would do it again")],
    )
    changes = TextAreaField("What did you change?")
    agreed = StringField("Keep these words as they are: no pupil can be recognised from them")

    def told(self) -> Told:
        """Return what was said; the form is valid."""
        return Told(
            stages=tuple(self.stages.data or ()),
            tried_on=_month(self.tried_on.data),
            outcome=Outcome(self.outcome.data),
            would_repeat=self.would_repeat.data == YES,
            changes=self.changes.data or "",
        )

    @property
    def agreed_to(self) -> tuple[str, ...]:
        """The findings that the writer lets stand."""
        return tuple((self.agreed.data or "").split())

    def refuse(self, problem: FieldRefused) -> None:
        """Say at its field what is the matter, and offer to let the words stand."""
        self[problem.field].errors = [str(problem)]
        if isinstance(problem, MayPointToPupil):
            self.to_agree = " ".join((*self.agreed_to, *problem.fingerprints))


class EvaluationForm(FlaskForm):
    """What a reviewer says of an evaluation by somebody outside."""

    title = StringField("Title of the evaluation", [DataRequired("Enter its title")])
    evaluator = StringField("Who evaluated it", [DataRequired("Enter who evaluated it")])
    source = StringField("Where it can be read", [DataRequired("Say where it can be read")])
    found = TextAreaField("What it found")

    def said(self) -> Found:
        """Return what was said."""
        return Found(
            title=self.title.data or "",
            evaluator=self.evaluator.data or "",
            source=self.source.data or "",
            found=self.found.data or "",
        )

    def tells(self, act: Callable[[Found], None]) -> bool:
        """Say whether what it says was kept; if not, it says why at its field."""
        try:
            act(self.said())
        except FieldRefused as problem:
            self[problem.field].errors = [str(problem)]
            return False
        return True


def try_form(
    stages: Iterable[tuple[str, str]], held: Told | None, preset: Sequence[str]
) -> TryForm:
    """Return the form of a try, with what is held of it, or the month and stage preset.

    Args:
        stages: codes and labels, in the order in which they are offered.
        preset: stages that are chosen to begin with.
    """
    data: dict[str, object] = {"stages": list(preset), "tried_on": f"{this_month():{MONTH}}"}
    if held is not None:
        data = {
            "stages": list(held.stages),
            "tried_on": f"{held.tried_on:{MONTH}}",
            "outcome": held.outcome.value,
            "would_repeat": YES if held.would_repeat else NO,
            "changes": held.changes,
        }
    form = TryForm(data=data)
    form.stages.choices = [SelectChoice(code, label) for code, label in stages]
    form.tried_on.choices = [
        SelectChoice(f"{month:{MONTH}}", f"{month:%B %Y}") for month in _months(held)
    ]
    return form


def _months(held: Told | None) -> Iterator[date]:
    """Yield the months to choose from, this one first, and the one that was chosen once."""
    month, last = this_month(), None
    for _ in range(OFFERED_MONTHS):
        last = month
        yield month
        month = _before(month)
    if held is not None and last is not None and held.tried_on < last:
        yield held.tried_on


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def _month(text: str) -> date:
    year, _, month = text.partition("-")
    return date(int(year), int(month), 1)
