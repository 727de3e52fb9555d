"""What the world of these tests is made of: who asks, and what for."""

from dataclasses import dataclass, field, replace

from app.domain.audience import Audience
from app.domain.people import VISITOR, Actor
from app.domain.permissions import Place
from app.domain.tokens import TokenScope, actions_of


@dataclass(frozen=True)
class Thing:
    """Something that is asked for: what addresses call it, and whose it is."""

    name: str  # for a failing test
    values: dict[str, object]  # what may stand in an address, by the name there
    place: Place = field(default_factory=Place)
    audience: Audience | None = None  # of what is published; None: it is not


@dataclass(frozen=True)
class Asker:
    """Somebody who asks at every door, in a browser and by a program."""

    actor: Actor
    headers: dict[str, str]  # of a browser
    token: dict[str, str]  # of a program
    drafts: tuple[Thing, ...]  # their own, unsent and submitted
    resource: Thing | None = None  # their own, published
    collections: tuple[Thing, ...] = ()  # their own, private and published
    rows: Thing | None = None  # of their account, such as notifications
    adoption: Thing | None = None  # their own: that their school tried something

    @property
    def by_token(self) -> Actor:
        """The asker as a program acts for them, with a token for everything."""
        if self.actor is VISITOR:
            return VISITOR
        return replace(self.actor, may_only=actions_of(TokenScope))
