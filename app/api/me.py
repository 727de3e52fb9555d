"""The endpoint that tells a program for whom it acts."""

from flask import Response
from pydantic import BaseModel, Field

from app.api.edge import current_actor, endpoint_for
from app.api.sending import NEVER_KEPT, send_json
from app.domain.people import Role
from app.domain.permissions import Action, allows
from app.domain.tokens import TOKEN_SCOPES, TokenScope


class MeAnswer(BaseModel):
    """For whom the program acts, and what it may ever do."""

    role: Role = Field(description="visitor: no token was sent.")
    name: str
    school_id: int | None
    authority: str | None
    region: str | None
    scopes: list[TokenScope] = Field(description="What the token is for.")
    may: list[Action] = Field(description="What both the role and the token allow.")


@endpoint_for(Action.SEARCH)
def show() -> Response:
    """Tell for whom the program acts: the person behind its token, or a visitor."""
    actor = current_actor()
    only = actor.may_only or frozenset()
    answer = MeAnswer(
        role=actor.role,
        name=actor.name,
        school_id=actor.school_id,
        authority=actor.authority,
        region=actor.region,
        scopes=[scope for scope in TokenScope if TOKEN_SCOPES[scope] <= only],
        may=[action for action in Action if allows(actor, action)],
    )
    return send_json(answer.model_dump_json(), NEVER_KEPT)
