"""What lineages show on the page of a resource."""

from collections.abc import Mapping
from typing import Any

from app.domain.people import Actor
from app.services.lineages.reading import find_family


def lineages_panel(session: Any, actor: Actor, resource: Any) -> Mapping[str, object]:
    """Return what a resource was built on and what was built on it; empty where nothing was."""
    family = find_family(session, actor, resource.published)
    return {"family": family} if family else {}
