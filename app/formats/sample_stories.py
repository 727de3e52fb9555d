"""Sample submissions: a resource's file with the story of what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.domain.errors import InvalidInput
from app.domain.people import Role
from app.domain.resources import ResourceContent
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State, Step
from app.formats.resource_files import ReadingRules, read_resource

STORY_KEYS = ("writer", "state", "story")
BREAK = "---\n"


@dataclass(frozen=True)
class StoryStep:
    """One step: who took it, why, with which marks, and what they said about sections."""

    step: Step
    by: Role
    comment: str = ""
    marks: Mapping[str, int] | None = None
    comments: tuple[Mapping[str, Any], ...] = ()  # section, words, blocking
    publish_in_days: int | None = None


@dataclass(frozen=True)
class SampleStory:
    """What was written, by whom, and what happened; `state` is where it ends."""

    content: ResourceContent
    writer: Role
    state: State
    steps: tuple[StoryStep, ...]


def read_stories(folder: Path, taxonomy: Taxonomy) -> list[SampleStory]:
    """Return the stories of a folder, in the order of their files' names.

    Raises:
        InvalidInput: a file is no story, or its resource cannot be taken in.
    """
    return [_read(path, taxonomy) for path in sorted(folder.glob("[0-9]*.md"))]


def _read(path: Path, taxonomy: Taxonomy) -> SampleStory:
    _, front, body = path.read_text("utf-8").split(BREAK, 2)
    told = yaml.safe_load(front)
    resource = {key: value for key, value in told.items() if key not in STORY_KEYS}
    text = f"{BREAK}{yaml.safe_dump(resource, allow_unicode=True)}{BREAK}{body}"
    found = read_resource(text.encode(), path.stem, ReadingRules(taxonomy))
    if found.content is None:
        raise InvalidInput(f"{path.name}: {found.problems[0].sentence}")
    steps = tuple(_step(step) for step in told["story"])
    return SampleStory(found.content, Role(told["writer"]), State(told["state"]), steps)


def _step(told: Mapping[str, Any]) -> StoryStep:
    return StoryStep(
        step=Step(told["step"]),
        by=Role(told["by"]),
        comment=told.get("comment", ""),
        marks=told.get("marks"),
        comments=tuple(told.get("on", ())),
        publish_in_days=told.get("publish_in_days"),
    )
