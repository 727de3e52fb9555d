"""What a person says to make a token."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.domain.tokens import TokenScope

_DAYS = [
    SelectChoice("30", "30 days"),
    SelectChoice("90", "90 days"),
    SelectChoice("365", "A year"),
]
_SCOPES = [
    SelectChoice(scope.value, f"{scope.value.capitalize()}: {scope.about}") for scope in TokenScope
]


class TokenForm(FlaskForm):
    """A name, what it is for, and how long it lives."""

    name = StringField(
        "Name",
        [
            DataRequired("Name the token after the program that will use it."),
            Length(max=100, message="Shorten the name to 100 characters or fewer."),
        ],
    )
    scope = RadioField(
        "What is it for?",
        [DataRequired("Choose what the token is for.")],
        choices=_SCOPES,
    )
    days = SelectField("How long is it good?", choices=_DAYS, default="90")

    @property
    def scopes(self) -> tuple[TokenScope, ...]:
        """The scopes of the token, once they are valid."""
        return (TokenScope(self.scope.data),)
