"""What a school says of its try, made fit to be kept: its stages, its month, its words."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.evidence import Outcome
from app.domain.moments import day_in_scotland, utc_now
from app.domain.privacy import Finding, Surroundings, find_risks
from app.domain.taxonomy import Taxonomy
from app.models.schools import School
from app.services.known_places import known_places

LONGEST_CHANGES = 1500  # characters
EARLIEST = date(2000, 1, 1)
_BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Told:
    """What a school says of its try."""

    stages: tuple[str, ...]  # taxonomy codes
    tried_on: date  # any day of the month that is meant
    outcome: Outcome
    would_repeat: bool
    changes: str = ""  # what they changed; plain text


class FieldRefused(InvalidInput):
    """One thing that was said cannot be kept; `field` says which."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field

    @property
    def more(self) -> Mapping[str, object]:
        """What is the matter with which field, for a program."""
        return {"fields": [{"field": self.field, "sentence": str(self)}]}


class MayPointToPupil(FieldRefused):
    """Some of the words may point to a pupil, and nobody has said yet that they do not."""

    def __init__(self, findings: Collection[Finding]) -> None:
        told = " ".join(f"“{finding.text}”: {finding.why}" for finding in findings)
        super().__init__("changes", f"Is this about a pupil or a private person? {told}")
        self.findings = tuple(findings)

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """What to send as agreed, to have the words kept as they are."""
        return tuple(finding.fingerprint for finding in self.findings)

    @property
    def more(self) -> Mapping[str, object]:
        """What was found, for a program."""
        risks = [
            {"text": f.text, "why": f.why, "fingerprint": f.fingerprint} for f in self.findings
        ]
        return {**super().more, "risks": risks}


def this_month() -> date:
    """Return the first day of the month that it is in Scotland."""
    return day_in_scotland(utc_now()).replace(day=1)


def tidy(
    session: Session, taxonomy: Taxonomy, school: School, told: Told, agreed: Collection[str]
) -> Told:
    """Return what was said as it is kept: stages in their order, the first of the month.

    Args:
        agreed: fingerprints of findings that the writer looked at and lets stand.

    Raises:
        FieldRefused: a stage is none of ours, the month is to come, or the words are too long.
        MayPointToPupil: the words may point to somebody, and it was not agreed to.
    """
    month = told.tried_on.replace(day=1)
    if not EARLIEST <= month <= this_month():
        raise FieldRefused("tried_on", "Choose this month or one before it")
    changes = _plain(told.changes)
    if len(changes) > LONGEST_CHANGES:
        raise FieldRefused(
            "changes", f"Write at most {LONGEST_CHANGES:,} characters; these are {len(changes):,}"
        )
    stages = _stages(taxonomy, told.stages)
    _look_for_pupils(session, school, stages, changes, agreed)
    return Told(stages, month, told.outcome, told.would_repeat, changes)


def _stages(taxonomy: Taxonomy, codes: Collection[str]) -> tuple[str, ...]:
    known = taxonomy.codes("stages")
    if not codes:
        raise FieldRefused("stages", "Choose at least one stage")
    if not set(codes) <= set(known):
        raise FieldRefused("stages", "Choose stages from the list")
    return tuple(code for code in known if code in codes)


def _plain(text: str) -> str:
    return _GAP.sub("\n\n", _INVISIBLE.sub("", _BREAK.sub("\n", text))).strip()


def _look_for_pupils(
    session: Session, school: School, stages: tuple[str, ...], text: str, agreed: Collection[str]
) -> None:
    if not text:
        return
    around = Surroundings(
        school_name=school.name,
        school_roll=school.roll,
        stages=stages,
        known_places=known_places(session, [school.name], [school.authority, school.region]),
    )
    open_ones = [f for f in find_risks(text, around) if f.fingerprint not in agreed]
    if open_ones:
        raise MayPointToPupil(open_ones)
