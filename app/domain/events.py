"""What can happen that others must hear of, and who hears: the outbox's vocabulary."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happened to a resource."""

    RESOURCE_PUBLISHED = "resource.published"
    RESOURCE_WITHDRAWN = "resource.withdrawn"


class Follower(StrEnum):
    """Who carries events onward; each has its own pending row of every event."""

    INDEX = "index"
    CONTENT = "content"
