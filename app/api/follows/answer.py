"""A follow, and what is saved, as the API sends them."""

from datetime import datetime

from pydantic import BaseModel, Field

from app.domain.follows import FollowKind


class FollowAnswer(BaseModel):
    """Something that the person follows."""

    id: int
    kind: FollowKind
    key: str = Field(description="As it is kept: the same thing always has the same key.")
    label: str = Field(description="As people read it.")
    followed_at: datetime
    links: dict[str, str] = Field(description="`self` here; `feed` of what of it is public.")


class FollowsAnswer(BaseModel):
    """All that the person follows, by kind and label."""

    follows: list[FollowAnswer]


class SavedAnswer(BaseModel):
    """A resource or collection that the person saved."""

    id: str = Field(description="The permanent id of what is saved.")
    kind: str = Field(description="`resource` or `collection`.")
    slug: str
    title: str
    saved_at: datetime


class SavedListAnswer(BaseModel):
    """All that the person saved and may still read, newest first."""

    saved: list[SavedAnswer]
