"""What a pack is to be like, read from an address; nothing of it is kept."""

from datetime import date, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from app.domain.audience import Audience
from app.domain.packs import (
    LONGEST_PART_MINUTES,
    PLACE_LIMIT,
    TITLE_LIMIT,
    Plan,
    Times,
    suggested_pauses,
)
from app.services.packs.gathering import Offer
from app.web import labels

FIRST_YEAR, LAST_YEAR = 2000, 2100
MINUTES_SAID = f"Give the minutes as a whole number from 0 to {LONGEST_PART_MINUTES}."


class _ToldInWords(Field):
    """What cannot be read is told in a sentence of ours; beside a field that reads a value."""

    said = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the value.

        Raises:
            ValueError: it cannot be read.
        """
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.said) from None


class MinutesField(_ToldInWords, IntegerField):
    """A number of minutes."""

    said = MINUTES_SAID

    def __init__(self, label: str, **more: Any) -> None:
        in_reach = NumberRange(0, LONGEST_PART_MINUTES, message=MINUTES_SAID)
        super().__init__(label, [in_reach], **more)


class DayField(_ToldInWords, DateField):
    """A day."""

    said = "Give the date as year, month and day: 2026-11-28."


class ClockField(_ToldInWords, TimeField):
    """A time of day."""

    said = "Give the time as hours and minutes: 09:30."


class PackForm(FlaskForm):
    """A day, and whom its pack is for."""

    class Meta:
        """It only looks, so it needs no secret of ours."""

        csrf = False

    title = StringField(
        "Title",
        [Length(max=TITLE_LIMIT, message=f"Shorten the title to {TITLE_LIMIT} characters.")],
    )
    for_whom = SelectField("Who will be handed the pack")
    held_on = DayField("Date", [Optional()])
    place = StringField(
        "Place",
        [Length(max=PLACE_LIMIT, message=f"Shorten the place to {PLACE_LIMIT} characters.")],
    )
    start = ClockField("Start", default=Times.start)
    item_minutes = MinutesField("Minutes for each item that says none", default=Times.item_minutes)
    welcome_minutes = MinutesField("Minutes for the welcome", default=Times.welcome_minutes)
    break_after = SelectField("Break", coerce=int)
    break_minutes = MinutesField("Minutes for the break", default=Times.break_minutes)
    lunch_after = SelectField("Lunch", coerce=int)
    lunch_minutes = MinutesField("Minutes for lunch", default=Times.lunch_minutes)
    closing_minutes = MinutesField("Minutes for the close", default=Times.closing_minutes)
    with_files = BooleanField("Put the files for download into the zip too")

    def __init__(self, formdata: Any, offer: Offer) -> None:
        """Read an address, with the choices that this collection gives."""
        lengths = [one.item.minutes for one in offer.seen.items]
        pauses = suggested_pauses(lengths, Times.item_minutes)
        super().__init__(
            formdata,
            title=offer.collection.title,
            for_whom=offer.audiences[0] if offer.audiences else None,
            break_after=pauses[0],
            lunch_after=pauses[1],
        )
        self.for_whom.choices = [
            SelectChoice(one.value, said_for(one, offer.region)) for one in offer.audiences
        ]
        after = [SelectChoice(n, f"After item {n}") for n in range(1, max(len(lengths), 1))]
        self.break_after.choices = [SelectChoice(0, "No break"), *after]
        self.lunch_after.choices = [SelectChoice(0, "No lunch"), *after]

    def validate_held_on(self, field: DateField) -> None:
        """Refuse a year that is a slip of the finger."""
        if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(f"Give a day from {FIRST_YEAR} to {LAST_YEAR}.")

    @property
    def plan(self) -> Plan:
        """What was asked for, once it is valid."""
        given = self.data
        names = Times.__dataclass_fields__
        cut = {name: given[name] for name in names if given[name] is not None}
        return Plan(
            for_whom=Audience(given["for_whom"]),
            title=_line(given["title"]) or self.title.object_data,
            held_on=given["held_on"],
            place=_line(given["place"]),
            times=Times(**cut),
            with_files=given["with_files"],
        )

    @property
    def given(self) -> dict[str, str]:
        """What was filled in, as an address says it."""
        said = {name: _said(value) for name, value in self.data.items()}
        return {name: value for name, value in said.items() if value}


def said_for(for_whom: Audience, region: str | None) -> str:
    """Return whom a pack is for, in words."""
    return {
        Audience.PUBLIC: "Everyone",
        Audience.STAFF: "Staff only",
        Audience.REGION: f"Staff of {labels.label('region', region or '')} only",
    }[for_whom]


def _line(words: str | None) -> str:
    """Return words on one line, without what no page and no file can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in words or "").split())


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "y" if value else ""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
