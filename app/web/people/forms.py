"""Forms about other people: whom to invite, which role to give, which people to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from app.domain.people import BELONGS_TO, Actor, Belonging, Role
from app.domain.permissions import Action, Scope, scope_of
from app.domain.taxonomy import Taxonomy
from app.services.accounts.people import Filter
from app.services.accounts.places import Wanted

Choice = tuple[str, str]
LONGEST_WORDS = 100  # characters
MOST_PAGES = 10_000


class SchoolRow(Protocol):
    """A school, as far as a list of them shows it."""

    id: Any
    name: Any
    authority: Any


@dataclass(frozen=True)
class Offer:
    """What somebody may choose from."""

    roles: Sequence[Role]
    schools: Sequence[SchoolRow]


class GuestForm(FlaskForm):
    """Who somebody is."""

    name = StringField(
        "Name",
        [DataRequired("Enter a name"), Length(max=100, message="Use at most 100 characters")],
    )
    email = EmailField("E-mail address", [DataRequired("Enter an e-mail address"), Length(max=254)])


class PostForm(FlaskForm):
    """A role, and the place that it belongs to."""

    role = SelectField("Role", [DataRequired("Choose a role")])
    school = SelectField("School", default="")
    authority = SelectField("Authority", default="")
    region = SelectField("Region", default="")

    def offer(self, actor: Actor, taxonomy: Taxonomy, offer: Offer) -> None:
        """Fill the lists with what this actor may choose; a list with nothing to choose is gone."""
        labels = [(str(role), role.label.capitalize()) for role in offer.roles]
        self.role.choices = _with_none(labels)
        self.school.choices = _with_none(
            [
                (str(one.id), f"{one.name} ({taxonomy.label('authorities', one.authority)})")
                for one in offer.schools
            ]
        )
        if scope_of(actor, Action.INVITE) is Scope.SCHOOL:
            del self.school  # it is the actor's own
        belongings = {BELONGS_TO[role] for role in offer.roles}
        for name, vocabulary, belonging in (
            ("authority", "authorities", Belonging.AUTHORITY),
            ("region", "regions", Belonging.REGION),
        ):
            terms = taxonomy.vocabularies[vocabulary].terms
            self[name].choices = _with_none([(t.code, t.label) for t in terms if t.is_offered])
            if belonging not in belongings:
                del self[name]

    def wanted(self, actor: Actor) -> Wanted:
        """Return the place that was chosen, or the actor's own school where none could be."""
        school = int(self.school.data) if self.school and self.school.data else None
        return Wanted(
            role=Role(self.role.data),
            school_id=school if self.school else actor.school_id,
            authority=self.authority.data if self.authority else None,
            region=self.region.data if self.region else None,
        )


class InviteForm(GuestForm, PostForm):
    """Whom to invite, and to be what."""


class GrantForm(PostForm):
    """Which role to give instead of the present one, and until when."""

    ends_on = DateField("Last day", [Optional()])

    @property
    def ends_at(self) -> datetime | None:
        """When the role lapses: at the end of its last day, in UTC."""
        day = self.ends_on.data
        return datetime.combine(day + timedelta(days=1), time(), UTC) if day else None


def filter_from(words: str, role: str, page: str) -> Filter:
    """Return which people to show, as it stands in the page's address; odd values count as none."""
    known = {str(r): r for r in BELONGS_TO}
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1  # noqa: PLR2004
    return Filter(words[:LONGEST_WORDS], known.get(role), min(max(1, number), MOST_PAGES))


def _with_none(choices: list[Choice]) -> list[Choice]:
    return [("", "Choose"), *choices]
