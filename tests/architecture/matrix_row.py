"""What a row of the matrix of doors says of one route."""

from dataclasses import dataclass, field
from enum import Enum, auto

from app.domain.permissions import Action


class About(Enum):
    """What a route is about: which things its address can name."""

    NOTHING = auto()  # the same for everybody whom the guard lets in
    LINK = auto()  # a secret link: the link is the right, and these tests have none
    DRAFT = auto()  # a revision as those who write and judge it see it
    RESOURCE = auto()  # something published
    COLLECTION = auto()  # a collection, private or published
    ACCOUNT = auto()  # a row of one's own account
    ADOPTION = auto()  # that somebody's school tried something
    TAG = auto()  # a tag, which stands in one region
    CHANGE = auto()  # of a tag, by which it is undone
    PERSON = auto()  # somebody else's account, or an invitation to their place
    CONCERN = auto()  # a report about something that stands on a resource


@dataclass(frozen=True)
class Row:
    """One route: the action of its guard, and what it is about."""

    action: Action
    about: About = About.NOTHING
    methods: tuple[str, ...] = ("GET",)
    deeds: tuple[Action, ...] = ()  # any of them must reach the thing; none: the guard's
    is_sight_enough: bool = False  # who may read the thing may do the deed
    only_own: bool = False  # even within the reach of the deed
    values: dict = field(default_factory=dict)  # what else stands in its address
    query: str = ""  # of its address; one that only draws a form again spares what takes long
    send: dict = field(default_factory=dict)  # a form or body that is looked at at all


GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
NOTHING, LINK, DRAFT, RESOURCE, COLLECTION, ACCOUNT, ADOPTION, TAG, CHANGE, PERSON, CONCERN = About
LOOK = (Action.READ_DRAFT,)  # an empty form is only drawn again, for whoever may see it
NO_DAYS = {"days": "none"}  # the form is drawn again; who may make a link is told in the services
READS = (Action.READ_PUBLIC,)  # who may read it may keep it
EITHER = (Action.WRITE_DRAFT, Action.REVIEW)
WHY = {"reason": "It was found to be of no use any more."}
WORDS = {"words": "Which stage was it?"}
ANYTHING = (Action.READ_PUBLIC,)  # whatever may be read, wherever it is
TRY = {"stages": ["p5"], "tried_on": "2026-09", "outcome": "worked", "would_repeat": True}
CHOICE = {
    "comment": "It says what changed, and how.",
    "seen_version": 1,
    "marks": dict.fromkeys(("clarity", "evidence", "transferability", "inclusion", "privacy"), 3),
}
