"""What a person says to share something."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.domain.sharing import GROUP_NAME_LIMIT, LINK_DAYS, MESSAGE_LIMIT, MOST_USES, PURPOSE_LIMIT

_DAYS = [SelectChoice(str(days), "A day" if days == 1 else f"{days} days") for days in LINK_DAYS]
_USES = [
    SelectChoice(str(uses or 0), {1: "Once", None: "As often as wished"}.get(uses, f"{uses} times"))
    for uses in MOST_USES
]


class SendForm(FlaskForm):
    """To whom, and a message."""

    to = StringField("To", [DataRequired("Say to whom."), Length(max=300)])
    message = TextAreaField(
        "Message",
        [
            Length(
                max=MESSAGE_LIMIT,
                message=f"Shorten the message to {MESSAGE_LIMIT:,} characters.",
            )
        ],
    )


class LinkForm(FlaskForm):
    """How long a secret link is good, how often, and whom it is for."""

    purpose = StringField(
        "Whom is it for?",
        [
            Length(
                max=PURPOSE_LIMIT,
                message=f"Say whom it is for in up to {PURPOSE_LIMIT} characters.",
            )
        ],
    )
    days = SelectField("How long is it good?", choices=_DAYS, default="7")
    uses = SelectField("How often may it be opened?", choices=_USES, default="1")

    @property
    def most_uses(self) -> int | None:
        """How often, once it is valid; None: as often as wished."""
        return int(self.uses.data) or None


class GroupForm(FlaskForm):
    """The name of a group."""

    name = StringField(
        "Name of the group",
        [
            DataRequired("Name the group."),
            Length(
                max=GROUP_NAME_LIMIT,
                message=f"Name the group, in up to {GROUP_NAME_LIMIT} characters.",
            ),
        ],
    )


class MemberForm(FlaskForm):
    """Who is to be in a group."""

    email = StringField(
        "E-mail address",
        [DataRequired("Enter the e-mail address of a colleague."), Length(max=254)],
    )
