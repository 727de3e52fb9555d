"""Tags as the API sends them."""

from datetime import datetime

from pydantic import BaseModel, Field

from app.domain.tags import TagStep
from app.services.tags.changes import ChangeLine
from app.services.tags.counting import TagLine


class TagAnswer(BaseModel):
    """A tag, counted over what the person may see."""

    slug: str
    label: str
    total: int = Field(description="Resources that have it.")
    is_retired: bool = Field(description="It still finds, and is put on nothing new.")


class TagsAnswer(BaseModel):
    """A page of tags, from A to Z."""

    total: int
    page: int
    per_page: int
    tags: list[TagAnswer]


class TaggedResourceAnswer(BaseModel):
    """A resource that has a tag, in short."""

    id: str
    slug: str
    title: str


class OneTagAnswer(TagAnswer):
    """A tag with a page of what has it, newest first, and the tags most often beside it."""

    slug: str = Field(description="Of the tag that is kept, where the one asked for was merged.")
    page: int
    per_page: int
    resources: list[TaggedResourceAnswer]
    related: list[TagAnswer] = Field(description="`total` counts the resources that have both.")


class TaggedAnswer(BaseModel):
    """What became of the tags that were sent."""

    put: list[str] = Field(description="As they are called.")
    were_there: list[str]
    tags: list[str] = Field(description="All that the resource has now.")


class ChangeAnswer(BaseModel):
    """A merge, a renaming or a retirement."""

    id: int = Field(description="By which it is undone.")
    step: TagStep
    sentence: str
    made_at: datetime
    undone_at: datetime | None


class ChangesAnswer(BaseModel):
    """The changes within the person's reach, newest first."""

    changes: list[ChangeAnswer]


def answer_tag(line: TagLine) -> TagAnswer:
    """Return a tag as it is sent."""
    return TagAnswer(slug=line.slug, label=line.label, total=line.total, is_retired=line.is_retired)


def answer_change(line: ChangeLine) -> ChangeAnswer:
    """Return a change as it is sent."""
    return ChangeAnswer(
        id=line.id,
        step=line.step,
        sentence=line.sentence,
        made_at=line.made_at,
        undone_at=line.undone_at,
    )
