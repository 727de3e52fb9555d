"""Sample activity: what invented people tag, try, ask and send to one another."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.domain.errors import InvalidInput
from app.domain.people import Role

Act = Mapping[str, Any]
KINDS = ("tags", "adoptions", "evaluations", "questions", "shares", "follows", "saved", "concerns")


@dataclass(frozen=True)
class InventedPerson:
    """Somebody of the sample, by role and place."""

    role: Role
    school: str = ""
    authority: str = ""
    region: str = ""


@dataclass(frozen=True)
class SampleActivity:
    """Who there is, by the name that the file gives them, and what they do, by kind, in order."""

    people: Mapping[str, InventedPerson]
    acts: Mapping[str, tuple[Act, ...]]


def read_activity(path: Path) -> SampleActivity:
    """Return what a file tells; nothing where there is no such file.

    Raises:
        InvalidInput: it names a kind of act, or somebody, that there is not.
    """
    if not path.is_file():
        return SampleActivity({}, {})
    told = yaml.safe_load(path.read_text("utf-8"))
    people = {
        name: InventedPerson(**{**about, "role": Role(about["role"])})
        for name, about in told.pop("people").items()
    }
    for kind, acts in told.items():
        if kind not in KINDS:
            raise InvalidInput(f"{path.name}: there is no act called {kind}.")
        for act in acts:
            if act["by"] not in people:
                raise InvalidInput(f"{path.name}: {kind}: nobody is called {act['by']}.")
    return SampleActivity(people, {kind: tuple(told.get(kind, ())) for kind in KINDS})
