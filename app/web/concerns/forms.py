"""Forms of reporting something, and of deciding about it."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

HIDE, LEAVE = "hide", "leave"


class ConcernForm(FlaskForm):
    """Why something is reported; which thing it is stands in hidden fields."""

    about = HiddenField()
    thing_id = HiddenField()
    words = TextAreaField("What is the matter with it?", [DataRequired("Say what is the matter")])


class DecisionForm(FlaskForm):
    """What is to become of what was reported."""

    choice = RadioField(
        "What is to become of it?",
        choices=[SelectChoice(HIDE, "Hide it"), SelectChoice(LEAVE, "Leave it as it is")],
        validators=[DataRequired("Choose what is to become of it")],
        id="choice",
    )
    everywhere = BooleanField("Hide this tag on every resource")
    reason = TextAreaField("Why", [DataRequired("Say why, in a sentence")])
