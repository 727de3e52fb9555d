"""Forms of collections: what one says of itself, who keeps it, where something is added."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.domain.audience import Audience
from app.domain.collections import (
    INTRODUCTION_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
)

NEW = "new"
NO_TITLE = "Give the collection a title"
AUDIENCES = {
    Audience.PUBLIC: "Everybody, signed in or not",
    Audience.STAFF: "Staff who are signed in",
    Audience.REGION: "Staff of its region only",
}


class BeginForm(FlaskForm):
    """The title of a new collection."""

    title = StringField(
        "Title",
        [
            DataRequired(NO_TITLE),
            Length(max=TITLE_LIMIT, message=f"Write at most {TITLE_LIMIT} characters"),
        ],
    )


class DetailsForm(FlaskForm):
    """What a collection says of itself."""

    title = StringField("Title", [DataRequired(NO_TITLE)])
    summary = TextAreaField("Summary", [Length(max=SUMMARY_LIMIT * 2)])
    introduction = TextAreaField("Introduction", [Length(max=INTRODUCTION_LIMIT * 2)])
    audience = RadioField(
        "Who may see it, once it is published",
        choices=[SelectChoice(str(one), words) for one, words in AUDIENCES.items()],
        validators=[DataRequired("Choose who may see the collection")],
    )
    language = SelectField(
        "Language",
        choices=[
            SelectChoice("en", "English"),
            SelectChoice("gd", "Gàidhlig"),
            SelectChoice("sco", "Scots"),
        ],
    )
    region = SelectField("Region that it belongs to", validate_choice=False)


class CuratorForm(FlaskForm):
    """Somebody who is to keep the collection too."""

    email = EmailField(
        "E-mail address of a colleague",
        [DataRequired("Give the e-mail address that they sign in by")],
        id="curator-email",
    )


class AddForm(FlaskForm):
    """Which collection to add to: one's own, or a new one."""

    collection = RadioField("Which collection?", validate_choice=False)
    title = StringField("Title of the new collection", [Length(max=TITLE_LIMIT)])

    def offer(self, mine: Iterable[tuple[str, str]]) -> None:
        """Offer these collections, each an id and a title, and a new one."""
        held = [SelectChoice(one, title) for one, title in mine]
        self.collection.choices = [*held, SelectChoice(NEW, "A new collection")]
        if not self.collection.data:
            self.collection.data = held[0].value if held else NEW

    @property
    def is_new(self) -> bool:
        """Whether a new collection is wanted: it was chosen, or given a title."""
        return self.collection.data == NEW or bool((self.title.data or "").strip())

    def validate_collection(self, _: RadioField) -> None:
        """Ask for a title where a new one is to be begun."""
        if self.is_new and not (self.title.data or "").strip():
            self.title.errors = [NO_TITLE]
