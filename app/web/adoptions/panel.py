"""What the page of a resource shows of those who tried it."""

from collections.abc import Mapping
from typing import Any

from app.domain.people import Actor
from app.services.adoptions.reading import read_on_resource


def read_panel(session: Any, actor: Actor, resource: Any) -> Mapping[str, object]:
    """Return the rung, the counts by region, and the latest tries with their changes."""
    return {"found": read_on_resource(session, actor, resource)}
