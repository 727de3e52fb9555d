"""Invented people by role and place, for the commands that let them do things."""

from typing import Any

from slugify import slugify

from app.domain.moments import utc_now
from app.domain.people import OPERATOR, Actor, Role
from app.faces.doorstep import parts
from app.services.accounts import demo


def invented(
    session: Any, role: Role, *, school: str = "", authority: str = "", region: str = ""
) -> Actor:
    """Return an invented person of a role at a place; made where there is none yet.

    Raises:
        InvalidInput: there is no such place.
    """
    place = school or authority or region
    one = demo.DemoPerson(
        f"{role}.{slugify(place)}",
        f"Demo {role.label.capitalize()} ({place})",
        role,
        school=school,
        authority=authority,
        region=region,
    )
    return demo.invent(session, OPERATOR, parts().taxonomy, one, utc_now())
