"""What people type about tags: some to put on, and what to do to one."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from app.domain.tags import TagStep
from app.services.tags.changing import Wish

LONGEST = 600  # characters: as many tags as may be put on at once
STEPS = (
    (TagStep.MERGE, "Merge it into another tag, which is kept"),
    (TagStep.RENAME, "Give it another name"),
    (TagStep.RETIRE, "Retire it: it still finds, and is offered no more"),
)


class TagsForm(FlaskForm):
    """Tags to put on a resource, with commas between them."""

    tags = StringField(
        "Add tags",
        [
            DataRequired("Write a tag, or several with commas between them"),
            Length(max=LONGEST, message=f"Use at most {LONGEST} characters"),
        ],
    )


class ChangeForm(FlaskForm):
    """What to do to a tag."""

    step = RadioField(
        "What shall become of it?",
        [InputRequired("Choose what shall become of it")],
        choices=[SelectChoice(str(step), text) for step, text in STEPS],
    )
    into = StringField("The tag that is kept", [Length(max=LONGEST)])
    label = StringField("The new name", [Length(max=LONGEST)])
    confirmed = HiddenField()

    @property
    def wish(self) -> Wish:
        """What was chosen, as the service takes it."""
        return Wish(TagStep(self.step.data), self.into.data or "", self.label.data or "")

    def refuse(self, sentence: str) -> None:
        """Tell what is wrong at the control that it is about."""
        wrong = {TagStep.MERGE: self.into, TagStep.RENAME: self.label}.get(
            TagStep(self.step.data), self.step
        )
        wrong.errors = [sentence]
