"""The permission matrix: one table, read by every face of the service."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.errors import NotAllowed, NotFound
from app.domain.people import Actor, Role


class Scope(StrEnum):
    """How far a permission reaches; what is one's own is within school, authority and SUBMITTED."""

    NONE = "–"
    OWN = "own"
    SCHOOL = "school"
    AUTHORITY = "authority"
    REGION = "region"
    SUBMITTED = "own; region, once submitted"
    OTHERS = "region, never own"
    ALL = "all"


class Action(StrEnum):
    """What may be asked of the library."""

    SEARCH = "search"
    READ_PUBLIC = "read public resources"
    READ_STAFF = "read staff-only resources"
    READ_REGION = "read region-only resources"
    READ_DRAFT = "read drafts"
    WRITE_DRAFT = "write drafts"
    OFFER = "offer a draft to the headteacher"
    SUBMIT = "sign off and submit"
    REVIEW = "review and publish"
    WITHDRAW = "withdraw and restore"
    SIGN_IN = "sign in"
    HAVE_ACCOUNT = "keep an account"
    INVITE = "invite people"
    KEEP_ACCOUNTS = "keep everybody's accounts, roles and schools"
    READ_AUDIT = "read the audit log"
    KEEP = "load, write and check the library"
    TAG = "tag published resources"
    UNTAG = "take tags off"
    KEEP_TAGS = "merge, rename and retire tags"
    KEEP_TERMS = "edit the terms of vocabularies"
    COLLECT = "keep collections"
    PUBLISH_COLLECTION = "publish collections"
    TAKE_PACK = "take away packs for network days"
    SHARE = "share"
    FOLLOW = "follow, save and look back"
    ADOPT = "record that their school tried something"
    CHANGE_ADOPTION = "change or take back what was recorded as tried"
    ASK = "ask a question about a resource"
    ANSWER = "answer questions"
    RAISE_CONCERN = "report something to those who moderate"
    MODERATE = "hide what breaks the rules"


class Thing(Protocol):
    """Anything that belongs to people and places."""

    @property
    def owner_ids(self) -> Collection[int]:
        """The people whose own it is."""

    @property
    def school_id(self) -> int | None:
        """The school's id."""

    @property
    def authority(self) -> str | None:
        """The authority's code."""

    @property
    def region(self) -> str | None:
        """The region's code."""

    @property
    def is_submitted(self) -> bool:
        """Whether it ever left the school."""


@dataclass(frozen=True)
class Place:
    """Where something belongs, as a value."""

    region: str | None = None
    authority: str | None = None
    school_id: int | None = None
    owner_ids: tuple[int, ...] = ()
    is_submitted: bool = True


NONE, OWN, SCHOOL, AUTHORITY, REGION, SUBMITTED, OTHERS, ALL = Scope
ROLES = tuple(Role)

# fmt: off
MATRIX: Mapping[Action, tuple[Scope, ...]] = {
    #                      visitor  teacher  headteacher  lead       officer    national  administr.
    Action.SEARCH:        (ALL,     ALL,     ALL,         ALL,       ALL,       ALL,      ALL),
    Action.READ_PUBLIC:   (ALL,     ALL,     ALL,         ALL,       ALL,       ALL,      ALL),
    Action.READ_STAFF:    (NONE,    ALL,     ALL,         ALL,       ALL,       ALL,      ALL),
    Action.READ_REGION:   (NONE,    REGION,  REGION,      REGION,    REGION,    NONE,     ALL),
    Action.READ_DRAFT:    (NONE,    OWN,     SCHOOL,      SUBMITTED, NONE,      NONE,     NONE),
    Action.WRITE_DRAFT:   (NONE,    OWN,     SCHOOL,      OWN,       NONE,      NONE,     NONE),
    Action.OFFER:         (NONE,    OWN,     NONE,        NONE,      NONE,      NONE,     NONE),
    Action.SUBMIT:        (NONE,    NONE,    SCHOOL,      OWN,       NONE,      NONE,     NONE),
    Action.REVIEW:        (NONE,    NONE,    NONE,        OTHERS,    NONE,      NONE,     NONE),
    Action.WITHDRAW:      (NONE,    NONE,    SCHOOL,      OTHERS,    NONE,      NONE,     ALL),
    Action.SIGN_IN:       (ALL,     ALL,     ALL,         ALL,       ALL,       ALL,      ALL),
    Action.HAVE_ACCOUNT:  (NONE,    OWN,     OWN,         OWN,       OWN,       OWN,      OWN),
    Action.INVITE:        (NONE,    NONE,    SCHOOL,      REGION,    AUTHORITY, NONE,     ALL),
    Action.KEEP_ACCOUNTS: (NONE,    NONE,    NONE,        NONE,      NONE,      NONE,     ALL),
    Action.READ_AUDIT:    (NONE,    NONE,    NONE,        REGION,    NONE,      NONE,     ALL),
    Action.KEEP:          (NONE,    NONE,    NONE,        NONE,      NONE,      NONE,     ALL),
    Action.TAG:           (NONE,    ALL,     ALL,         ALL,       ALL,       NONE,     ALL),
    Action.UNTAG:         (NONE,    OWN,     SCHOOL,      SUBMITTED, OWN,       NONE,     ALL),
    Action.KEEP_TAGS:     (NONE,    NONE,    NONE,        REGION,    NONE,      NONE,     ALL),
    Action.KEEP_TERMS:    (NONE,    NONE,    NONE,        NONE,      NONE,      NONE,     ALL),
    Action.COLLECT:       (NONE,    OWN,     OWN,         OWN,       OWN,       OWN,      ALL),
    Action.PUBLISH_COLLECTION:
                          (NONE,    NONE,    SCHOOL,      REGION,    AUTHORITY, NONE,     ALL),
    Action.TAKE_PACK:     (NONE,    ALL,     ALL,         ALL,       ALL,       ALL,      ALL),
    Action.SHARE:         (NONE,    OWN,     OWN,         OWN,       OWN,       OWN,      OWN),
    Action.FOLLOW:        (NONE,    OWN,     OWN,         OWN,       OWN,       OWN,      OWN),
    Action.ADOPT:         (NONE,    SCHOOL,  SCHOOL,      NONE,      NONE,      NONE,     NONE),
    Action.CHANGE_ADOPTION:
                          (NONE,    OWN,     SCHOOL,      NONE,      NONE,      NONE,     NONE),
    Action.ASK:           (NONE,    ALL,     ALL,         ALL,       NONE,      NONE,     NONE),
    Action.ANSWER:        (NONE,    ALL,     ALL,         ALL,       ALL,       NONE,     NONE),
    Action.RAISE_CONCERN: (NONE,    ALL,     ALL,         ALL,       ALL,       ALL,      ALL),
    Action.MODERATE:      (NONE,    NONE,    NONE,        REGION,    NONE,      NONE,     ALL),
}
# fmt: on


# How far, in words that follow “only with”.
REACHES: Mapping[Scope, str] = {
    OWN: "what is their own",
    SCHOOL: "what belongs to their school",
    AUTHORITY: "what belongs to their authority",
    REGION: "what belongs to their region",
    SUBMITTED: "what was submitted in their region",
    OTHERS: "what others in their region submitted",
}


def scope_of(actor: Actor, action: Action) -> Scope:
    """Return how far the action reaches for this actor."""
    if actor.may_only is not None and action not in actor.may_only:
        return NONE
    return MATRIX[action][ROLES.index(actor.role)]


def allows(actor: Actor, action: Action, thing: Thing | None = None) -> bool:
    """Say whether the actor may do the action, to this thing where one is named."""
    scope = scope_of(actor, action)
    if thing is None or scope in (NONE, ALL):
        return scope is not NONE
    is_own = actor.id is not None and actor.id in thing.owner_ids
    is_here = _is_same(actor.region, thing.region)
    within = {
        OWN: is_own,
        SCHOOL: is_own or _is_same(actor.school_id, thing.school_id),
        AUTHORITY: is_own or _is_same(actor.authority, thing.authority),
        REGION: is_here,
        SUBMITTED: is_own or (thing.is_submitted and is_here),
        OTHERS: is_here and not is_own,
    }
    return within[scope]


def _is_same(mine: int | str | None, its: int | str | None) -> bool:
    return mine is not None and mine == its


def require(actor: Actor, action: Action, thing: Thing | None = None) -> None:
    """Do nothing when allowed.

    Raises:
        NotAllowed: when the matrix says no.
    """
    if not allows(actor, action, thing):
        who = actor.role.with_article.capitalize()
        reach = REACHES.get(scope_of(actor, action))
        sentence = f"{who} may {action} only with {reach}." if reach else f"{who} may not {action}."
        raise NotAllowed(sentence, actor, action)


def require_sight(actor: Actor, action: Action, thing: Thing, missing: str) -> None:
    """Do nothing when allowed; speak of what the actor may not know of as if it were not there.

    Raises:
        NotFound: when the matrix says no; `missing` is the sentence.
    """
    if not allows(actor, action, thing):
        raise NotFound(missing)
