"""Who can see this: the sentences for a revision, for every template."""

from typing import Any

from flask import Flask

from app.domain.audience import Audience
from app.domain.sight import who_can_see, who_can_see_collection
from app.domain.workflow import State
from app.web.labels import label


def register_sight(app: Flask) -> None:
    """Let every template say who can see a revision: components/audience.html."""
    app.jinja_env.globals.update(sight_of=sight_of, sight_of_collection=sight_of_collection)


def sight_of_drafts(grant: Any) -> tuple[str, ...]:
    """Return who may read what somebody with this role writes, before it is published."""
    return who_can_see(
        State.DRAFT,
        Audience.PUBLIC,
        region=label("region", grant.region),
        school=grant.school.name if grant.school else "",
    )


def sight_of(revision: Any) -> tuple[str, ...]:
    """Return who may read a revision as it stands, one sentence each."""
    return who_can_see(
        revision.state,
        revision.audience,
        region=label("region", revision.region),
        authority=label("authority", revision.authority) if revision.authority else "",
        school=(revision.school or "the school") if revision.school_id else "",
    )


def sight_of_collection(collection: Any) -> tuple[str, ...]:
    """Return who may read a collection as it stands, one sentence each."""
    return who_can_see_collection(
        collection.state == "published",
        collection.audience,
        region=label("region", collection.region) if collection.region else "",
    )
