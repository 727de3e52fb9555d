"""Who can see this: the permission matrix read out in plain sentences, for one thing."""

from app.domain.audience import ACTIONS, Audience
from app.domain.people import Role
from app.domain.permissions import MATRIX, ROLES, Action, Scope
from app.domain.workflow import AT_SCHOOL, State

WRITER = "Whoever wrote it"
CURATORS = "Whoever began it, and its curators"
EVERYBODY = "Everybody, signed in or not"
SIGNED_IN = "Everybody who is signed in"


def who_can_see(
    state: State,
    audience: Audience,
    *,
    region: str,
    authority: str = "",
    school: str = "",
) -> tuple[str, ...]:
    """Return who may read a revision as it stands, one sentence each; places are in words.

    A published one is for its audience; every other is for those who write and judge it.
    Without a school, nobody sees it for the school's sake.
    """
    action = ACTIONS[audience] if state is State.PUBLISHED else Action.READ_DRAFT
    scopes = dict(zip(ROLES, MATRIX[action], strict=True))
    if all(scope is Scope.ALL for scope in scopes.values()):
        return (EVERYBODY,)
    if all(scope is Scope.ALL for role, scope in scopes.items() if role is not Role.VISITOR):
        return (SIGNED_IN,)
    names = {Scope.SCHOOL: school, Scope.AUTHORITY: authority, Scope.REGION: region}
    later = ", once it is submitted" if state in AT_SCHOOL else ""
    said = [_sentence(role, scope, names, later) for role, scope in scopes.items()]
    return (*_writers(scopes), *(sentence for sentence in said if sentence))


def who_can_see_collection(
    is_published: bool, audience: Audience, *, region: str
) -> tuple[str, ...]:
    """Return who may read a collection, one sentence each; the region is in words."""
    keepers = [
        plural(role)
        for role, scope in zip(ROLES, MATRIX[Action.COLLECT], strict=True)
        if scope is Scope.ALL
    ]
    if not is_published:
        return (CURATORS, *keepers)
    readers = who_can_see(State.PUBLISHED, audience, region=region)
    if audience is not Audience.REGION:
        return readers
    return (CURATORS, *readers)


def plural(role: Role) -> str:
    """Return the people of a role in words, as a sentence begins: Regional leads."""
    return f"{role.label.capitalize()}s"


def _writers(scopes: dict[Role, Scope]) -> tuple[str, ...]:
    return (WRITER,) if Scope.OWN in scopes.values() else ()


def _sentence(role: Role, scope: Scope, names: dict[Scope, str], later: str) -> str:
    """Return who of a role sees it although others wrote it; "" where nobody does."""
    if scope is Scope.ALL:
        return plural(role)
    if scope in (Scope.SUBMITTED, Scope.OTHERS):
        return f"{plural(role)} of {names[Scope.REGION]}{later}"
    return f"{plural(role)} of {names[scope]}" if names.get(scope) else ""
