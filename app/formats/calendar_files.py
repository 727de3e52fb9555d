"""Read content/calendar/: the school holidays as YAML, checked before anything relies on them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from app.domain.errors import InvalidInput
from app.domain.working_days import Calendar, Holiday

SCHOOL_HOLIDAYS = "school_holidays.yaml"
KEYS = frozenset({"first", "last", "name", "source", "unverified"})
LONGEST_HOLIDAY = 70  # days: a summer is about fifty


def read_calendar(folder: Path, authorities: Collection[str]) -> Calendar:
    """Read the school holidays of a folder; without the file only bank holidays are known.

    `authorities` are the codes that there are.

    Raises:
        InvalidInput: the file is broken or contradicts itself; the message says where.
    """
    path = folder / SCHOOL_HOLIDAYS
    if not path.is_file():
        return Calendar()
    held = _mapping(path)
    own = held.get("authorities") or {}
    if not isinstance(own, Mapping):
        raise InvalidInput(f"{path.name}: authorities must be codes with their holidays.")
    unknown = sorted(str(code) for code in own if code not in authorities)
    if unknown:
        raise InvalidInput(f"{path.name}: there is no authority “{unknown[0]}”.")
    return Calendar(
        everywhere=_holidays(path, "everywhere", held.get("everywhere")),
        by_authority={code: _holidays(path, code, rows) for code, rows in own.items() if rows},
    )


def _mapping(path: Path) -> Mapping[str, Any]:
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise InvalidInput(f"{path.name} cannot be read: {error}") from None
    if not isinstance(held, dict) or held.get("calendar") != "school-holidays":
        raise InvalidInput(f"{path.name} must say “calendar: school-holidays”.")
    return held


def _holidays(path: Path, where: str, rows: object) -> tuple[Holiday, ...]:
    if not isinstance(rows, list | None):
        raise InvalidInput(f"{path.name}: {where} must be a list of holidays.")
    return tuple(_holiday(f"{path.name}, {where}", row) for row in rows or ())


def _holiday(where: str, row: object) -> Holiday:
    if not isinstance(row, dict) or not KEYS.issuperset(row) or not row.get("name"):
        raise InvalidInput(f"{where}: a holiday has first, last and name, not {row}.")
    first = _day(row.get("first"))
    last = _day(row["last"]) if "last" in row else first
    if first is None or last is None:
        raise InvalidInput(f"{where}, {row['name']}: write days as 2027-06-28.")
    if not 0 <= (last - first).days < LONGEST_HOLIDAY:
        raise InvalidInput(
            f"{where}, {row['name']}: it must end after it begins, within {LONGEST_HOLIDAY} days."
        )
    return Holiday(first, last, str(row["name"]), str(row.get("unverified", "")))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
