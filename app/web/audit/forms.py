"""How the audit log may be narrowed, read from an address."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from app.domain.audit import AuditAction
from app.services.audit.reading import AuditFilters

FIRST_YEAR, LAST_YEAR = 2000, 2100
_ACTS = [
    SelectChoice("", "Anything"),
    *(SelectChoice(a.value, a.label) for a in sorted(AuditAction, key=lambda a: a.label)),
]


def _in_reach(_: FlaskForm, field: DateField) -> None:
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(f"Give a day from {FIRST_YEAR} to {LAST_YEAR}.")


class AuditForm(FlaskForm):
    """What to keep to; everything may be left out."""

    class Meta:
        """It only looks, so it needs no secret of ours."""

        csrf = False

    action = SelectField("What was done", choices=_ACTS, default="")
    person = StringField(
        "Person", [Length(max=100, message="Shorten the name to 100 characters or fewer.")]
    )
    first_on = DateField("From", [Optional(), _in_reach])
    last_on = DateField("To", [Optional(), _in_reach])

    def validate_last_on(self, field: DateField) -> None:
        """Refuse a span that ends before it begins."""
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise ValidationError("The last day must not be before the first.")

    @property
    def _person(self) -> str:
        # No name holds a NUL, and PostgreSQL refuses to be asked for one.
        return (self.person.data or "").replace("\0", "").strip()

    @property
    def filters(self) -> AuditFilters:
        """The filters, once they are valid."""
        action = self.action.data
        return AuditFilters(
            action=AuditAction(action) if action else None,
            person=self._person,
            first_on=self.first_on.data,
            last_on=self.last_on.data,
        )

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, as an address says it."""
        said = {
            "action": self.action.data or "",
            "person": self._person,
            "first_on": str(self.first_on.data or ""),
            "last_on": str(self.last_on.data or ""),
        }
        return {name: value for name, value in said.items() if value}
