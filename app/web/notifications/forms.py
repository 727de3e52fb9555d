"""What a person may say about their mails."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from app.domain.notifications import NotificationKind

_KINDS = [SelectChoice(kind.value, kind.about) for kind in NotificationKind if kind.is_optional]


class SettingsForm(FlaskForm):
    """A tick for each kind of mail that may be turned off."""

    kinds = SelectMultipleField("Mail me about", choices=_KINDS)

    @property
    def chosen(self) -> tuple[NotificationKind, ...]:
        """The kinds that are ticked."""
        return tuple(NotificationKind(word) for word in self.kinds.data or ())
