"""What the page of a resource shows of its tags."""

from collections.abc import Mapping
from typing import Any

from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.services.tags import tagging
from app.web.tags.forms import TagsForm


def tags_panel(session: Any, actor: Actor, resource: Any) -> Mapping[str, object]:
    """Return the tags of a resource, and a form to add some for those who may."""
    return {
        "tags": tagging.tags_for_page(session, actor, resource.published),
        "form": TagsForm() if allows(actor, Action.TAG) else None,
    }
