"""Shares and secret links as the API sends them."""

from datetime import datetime

from pydantic import BaseModel, Field


class ThingAnswer(BaseModel):
    """What was shared, as the person may see it now."""

    kind: str
    id: str
    title: str
    url: str


class ShareAnswer(BaseModel):
    """One share."""

    id: int
    thing: ThingAnswer | None = Field(description="null: not there for the person any more.")
    other: str = Field(description="Who sent it, or whom it was sent to, in words.")
    message: str
    shared_at: datetime
    taken_back_at: datetime | None
    told: int | None = Field(None, description="How many people were told, when it is sent.")


class SharesAnswer(BaseModel):
    """A page of shares, newest first."""

    total: int
    page: int
    per_page: int
    shares: list[ShareAnswer]


class LinkAnswer(BaseModel):
    """A secret link; its secret is told once, when it is made."""

    id: int
    resource_id: str | None
    collection_id: str | None
    purpose: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    most_uses: int | None
    uses: int
    is_good: bool
    url: str | None = Field(None, description="The link itself: only when it is made.")


class LinksAnswer(BaseModel):
    """The person's secret links, newest first."""

    links: list[LinkAnswer]
