"""What can happen that others must hear of, and who hears: the outbox's vocabulary."""

from collections.abc import Mapping
from enum import StrEnum


class EventKind(StrEnum):
    """What happened, to a resource, a tag, a collection or a person."""

    RESOURCE_PUBLISHED = "resource.published"
    RESOURCE_WITHDRAWN = "resource.withdrawn"
    RESOURCE_TAGGED = "resource.tagged"
    RESOURCE_TRIED = "resource.tried"  # an adoption or evaluation came, changed or went
    RESOURCE_RELABELLED = "resource.relabelled"  # a term that it is filed under has another label
    TAGS_CHANGED = "tags.changed"  # merged, renamed, retired, hidden or undone; subject: a tag
    COLLECTION_CHANGED = "collection.changed"  # published, changed, or taken back
    DIGEST_MADE = "digest.made"  # subject: a digest
    PERSON_TOLD = "person.told"  # subject: a notification
    PERSON_INVITED = "person.invited"  # subject: an invitation
    RESET_ASKED = "person.reset-asked"  # subject: a password reset


class Follower(StrEnum):
    """Who carries events onward; each has its own pending row of every event it hears of."""

    INDEX = "index"
    CONTENT = "content"
    MAIL = "mail"


# Whose subject is a resource or a collection, of which the index and the files tell.
ABOUT_THE_LIBRARY = (
    EventKind.RESOURCE_PUBLISHED,
    EventKind.RESOURCE_WITHDRAWN,
    EventKind.RESOURCE_TAGGED,
    EventKind.RESOURCE_TRIED,
    EventKind.RESOURCE_RELABELLED,
    EventKind.COLLECTION_CHANGED,
)
_RESOURCES = (Follower.INDEX, Follower.CONTENT)
HEARD_BY: Mapping[EventKind, tuple[Follower, ...]] = {
    EventKind.RESOURCE_PUBLISHED: _RESOURCES,
    EventKind.RESOURCE_WITHDRAWN: _RESOURCES,
    EventKind.RESOURCE_TAGGED: _RESOURCES,
    EventKind.RESOURCE_TRIED: (Follower.INDEX,),  # adoptions are in no file
    EventKind.RESOURCE_RELABELLED: (Follower.INDEX,),  # a file holds codes
    EventKind.TAGS_CHANGED: (Follower.INDEX,),
    EventKind.COLLECTION_CHANGED: _RESOURCES,
    EventKind.DIGEST_MADE: (Follower.MAIL,),
    EventKind.PERSON_TOLD: (Follower.MAIL,),
    EventKind.PERSON_INVITED: (Follower.MAIL,),
    EventKind.RESET_ASKED: (Follower.MAIL,),
}
