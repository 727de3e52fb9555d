"""What a program's token may be for: sets of actions, and never more than the role may do."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.domain.permissions import Action

LONGEST_LIFE_DAYS = 365


class TokenScope(StrEnum):
    """What a token is for; each holds the one before."""

    READ = "read"
    WRITE = "write"
    REVIEW = "review"

    @property
    def about(self) -> str:
        """What it lets a program do, in words."""
        return _ABOUT[self]


_ABOUT: Mapping[TokenScope, str] = {
    TokenScope.READ: "search, and read what is published",
    TokenScope.WRITE: "also write drafts, tag, collect, share, follow, say what was tried, ask",
    TokenScope.REVIEW: "also review, publish, withdraw, keep tags in order and moderate",
}
_READ = frozenset({Action.SEARCH, Action.READ_PUBLIC, Action.READ_STAFF, Action.READ_REGION})
_DRAFTS = {Action.READ_DRAFT, Action.WRITE_DRAFT, Action.OFFER, Action.SUBMIT}
_SHARING = {Action.TAG, Action.UNTAG, Action.COLLECT, Action.SHARE, Action.FOLLOW}
_TRYING = {Action.ADOPT, Action.CHANGE_ADOPTION, Action.ASK, Action.ANSWER, Action.RAISE_CONCERN}
_WRITE = _READ | _DRAFTS | _SHARING | _TRYING
_REVIEW = _WRITE | {
    Action.REVIEW,
    Action.WITHDRAW,
    Action.PUBLISH_COLLECTION,
    Action.KEEP_TAGS,
    Action.MODERATE,
}
TOKEN_SCOPES: Mapping[TokenScope, frozenset[Action]] = {
    TokenScope.READ: _READ,
    TokenScope.WRITE: _WRITE,
    TokenScope.REVIEW: _REVIEW,
}


def actions_of(scopes: Iterable[TokenScope]) -> frozenset[str]:
    """Return the actions that a token with these scopes keeps to."""
    return frozenset(str(action) for scope in scopes for action in TOKEN_SCOPES[scope])
