"""What the page of a resource shows of collections: those that hold it."""

from collections.abc import Mapping
from typing import Any

from app.domain.people import Actor
from app.services.collections.listing import find_holding


def read_panel(session: Any, actor: Actor, resource: Any) -> Mapping[str, object]:
    """Return the published collections that hold a resource and that the actor may read."""
    return {"held": find_holding(session, actor, resource.id)}
