"""Where drafts stand: what waits for whom, what comes next, and who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.domain.people import Actor, Role
from app.domain.permissions import MATRIX, ROLES, Action, Scope, require, scope_of
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.models.resources import Revision


@dataclass(frozen=True)
class Group:
    """Drafts that stand at the same place, the one last changed first."""

    code: str
    heading: str
    revisions: tuple[Revision, ...]


# In the order of the page; what waits for the person who looks goes before all of these.
_GROUPS = (
    ("writing", "Being written", frozenset({State.DRAFT})),
    ("school", "With the school", frozenset({State.WITH_SCHOOL})),
    ("review", "With the reviewer", frozenset({State.SUBMITTED, State.APPROVED})),
    ("changes", "Changes wanted", frozenset({State.CHANGES_WANTED})),
    ("published", "Published", frozenset({State.PUBLISHED})),
    ("ended", "Declined or withdrawn", frozenset({State.DECLINED, State.WITHDRAWN})),
)
_WAITING: dict[Role, frozenset[State]] = {
    Role.TEACHER: frozenset({State.CHANGES_WANTED}),
    Role.HEADTEACHER: frozenset({State.WITH_SCHOOL, State.CHANGES_WANTED}),
    Role.REGIONAL_LEAD: frozenset({State.CHANGES_WANTED}),
}
# Whom something waits for, in words that follow “waits for”.
WAITS_FOR: dict[State, str] = {
    State.DRAFT: "whoever writes it",
    State.WITH_SCHOOL: "the headteacher to sign it off",
    State.SUBMITTED: "a regional lead to review it",
    State.CHANGES_WANTED: "the changes that the reviewer asked for",
    State.APPROVED: "a regional lead to publish it",
}


def find_mine(session: Session, actor: Actor) -> tuple[Group, ...]:
    """Return what the actor writes, and a headteacher's whole school; only groups with something.

    First what waits for the actor, then the others in the order of a draft's life.

    Raises:
        NotAllowed: this actor writes no drafts.
    """
    require(actor, Action.WRITE_DRAFT)
    is_mine = Revision.author_id == actor.id
    if scope_of(actor, Action.WRITE_DRAFT) is Scope.SCHOOL and actor.school_id is not None:
        is_mine = or_(is_mine, Revision.school_id == actor.school_id)
    asked = (
        select(Revision)
        .where(is_mine, Revision.state != State.SUPERSEDED)
        .order_by(Revision.edited_at.desc(), Revision.id.desc())
        .options(joinedload(Revision.resource), joinedload(Revision.author))
    )
    found = session.scalars(asked).all()
    waiting = [r for r in found if r.state in _WAITING.get(actor.role, ())]
    groups = [_group("waiting", "Waiting for you", waiting)]
    for code, heading, states in _GROUPS:
        rest = (r for r in found if r.state in states and r not in waiting)
        groups.append(_group(code, heading, rest))
    return tuple(group for group in groups if group.revisions)


def who_can_see(revision: Revision, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return who may read the draft as it stands, as the matrix says, in words."""
    school = revision.school or "the school"
    region = taxonomy.label("regions", revision.region)
    once = "" if revision.is_submitted else ", once it is submitted"
    words = {
        Scope.OWN: "whoever wrote it",
        Scope.SCHOOL: f"the {{role}} of {school}",
        Scope.SUBMITTED: f"the {{role}}s of {region}{once}",
        Scope.ALL: "every {role}",
    }
    lines = []
    for role, scope in zip(ROLES, MATRIX[Action.READ_DRAFT], strict=True):
        is_of_no_school = scope is Scope.SCHOOL and revision.school_id is None
        if scope in words and not is_of_no_school:
            lines.append(words[scope].format(role=role.label))
    return tuple(lines)


def _group(code: str, heading: str, revisions: Iterable[Revision]) -> Group:
    return Group(code, heading, tuple(revisions))
