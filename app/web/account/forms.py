"""Forms of signing in and of one's own account."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from app.services.accounts.passwords import LONGEST

LONGEST_EMAIL = 254  # characters, RFC 5321
MOST_TYPED = 1000  # characters: nobody's password is longer, and argon2 need not read more


class SignInForm(FlaskForm):
    """Who somebody is."""

    email = EmailField(
        "E-mail address", [DataRequired("Enter your e-mail address"), Length(max=254)]
    )
    password = PasswordField(
        "Password", [DataRequired("Enter your password"), Length(max=MOST_TYPED)]
    )


class ForgottenForm(FlaskForm):
    """Whose password was forgotten."""

    email = EmailField(
        "E-mail address", [DataRequired("Enter your e-mail address"), Length(max=254)]
    )


class NewPasswordForm(FlaskForm):
    """A new password, typed twice."""

    password = PasswordField(
        "New password",
        [
            DataRequired("Enter a new password"),
            Length(max=LONGEST, message=f"Use at most {LONGEST} characters"),
        ],
    )
    again = PasswordField(
        "New password again",
        [
            DataRequired("Enter the new password again"),
            EqualTo("password", "The two passwords are not the same: enter them again"),
        ],
    )


class ChangePasswordForm(NewPasswordForm):
    """The present password, and a new one."""

    old = PasswordField(
        "Present password", [DataRequired("Enter your present password"), Length(max=MOST_TYPED)]
    )


class AcceptForm(NewPasswordForm):
    """What somebody says who was invited."""

    name = StringField(
        "Your name",
        [DataRequired("Enter your name"), Length(max=100, message="Use at most 100 characters")],
    )
