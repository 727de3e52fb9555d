"""What other features show on the page of a resource: each hands in what its template needs.

A panel is asked once for each page, with the resource as its reader may read it, inside the
page's session; where it stands on the page is said by resources/show.html.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.people import Actor
from app.web.adoptions.panel import read_panel as adoptions
from app.web.collections.panel import read_panel as read_collections
from app.web.follows.standing import on_resource
from app.web.lineages.panel import lineages_panel
from app.web.questions.panel import questions_panel
from app.web.tags.panel import tags_panel

# Session, who reads, the resource that services/resources.read gave -> values for the template.
Panel = Callable[[Any, Actor, Any], Mapping[str, object]]

PANELS: Mapping[str, Panel] = {
    "adoptions": adoptions,
    "tags": tags_panel,
    "collections": read_collections,
    "questions": questions_panel,
    "lineages": lineages_panel,
    "follows": on_resource,
}


def read_panels(session: Any, actor: Actor, resource: Any) -> dict[str, Mapping[str, object]]:
    """Return the values of every panel, by the feature's name."""
    return {name: read(session, actor, resource) for name, read in PANELS.items()}
