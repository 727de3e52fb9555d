"""What questions show on the page of their resource."""

from collections.abc import Mapping
from typing import Any

from app.domain.people import Actor
from app.services.questions.reading import MOST_ON_RESOURCE, find_on


def questions_panel(session: Any, actor: Actor, resource: Any) -> Mapping[str, object]:
    """Return the questions that stand at the end of a resource."""
    return {"found": find_on(session, actor, resource, resource.published, MOST_ON_RESOURCE)}
