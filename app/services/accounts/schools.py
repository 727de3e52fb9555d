"""Schools as rows: loaded from a file, matched with what the library holds already."""

import csv
import io
from dataclasses import dataclass, field

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.models.resources import Revision
from app.models.schools import School
from app.services.accounts.places import region_of
from app.services.ledger import audit

COLUMNS = ("name", "authority", "sector", "context", "roll")
NEEDED = COLUMNS[:2]
NAME_LIMIT = 200  # characters
MOST_SHOWN = 500
CONTEXTS = ("island", "rural", "gaelic-medium", "asn", "denominational", "small")


@dataclass
class Loaded:
    """What a load did; `problems` are lines of the file, counted from 1, with what is wrong."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    resources: int = 0  # revisions that are now known to be a school's
    problems: list[tuple[int, str]] = field(default_factory=list)


def load(
    session: Session, actor: Actor, taxonomy: Taxonomy, data: bytes, *, is_sample: bool = False
) -> Loaded:
    """Take in schools from a CSV file with a line of column names; the same file twice is harmless.

    A line that cannot be taken is told with its number, and the others are taken.

    Raises:
        NotAllowed: the actor does not keep accounts.
        InvalidInput: the file cannot be read as CSV in UTF-8, or lacks a column.
    """
    require(actor, Action.KEEP_ACCOUNTS)
    loaded = Loaded()
    for number, row in _rows(data):
        try:
            _take(session, taxonomy, row, loaded, is_sample=is_sample)
        except InvalidInput as problem:
            loaded.problems.append((number, str(problem)))
    loaded.resources = _match_resources(session)
    audit(
        session,
        actor,
        AuditAction.SCHOOLS_LOADED,
        "schools",
        detail=f"{loaded.new} new, {loaded.changed} changed",
    )
    return loaded


def _rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        missing = [name for name in NEEDED if name not in names]
        if missing:
            raise InvalidInput(
                f"The first line must name the columns; {' and '.join(missing)} is not there. "
                f"Columns are: {', '.join(COLUMNS)}."
            )
        reader.fieldnames = names
        return [
            (reader.line_num, {k: (v or "").strip() for k, v in row.items() if k in COLUMNS})
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"This is no CSV file in UTF-8: {error}.") from None


def _take(
    session: Session, taxonomy: Taxonomy, row: dict[str, str], loaded: Loaded, *, is_sample: bool
) -> None:
    name = " ".join(row["name"].split())
    if not name or len(name) > NAME_LIMIT or not name.isprintable():
        raise InvalidInput(f"A school has a name of at most {NAME_LIMIT} plain characters.")
    authority = taxonomy.vocabularies["authorities"].find(row["authority"])
    if authority is None:
        raise InvalidInput(f"There is no authority “{row['authority']}”.")
    said = {
        "region": region_of(taxonomy, authority.code),
        "sector": _sector(taxonomy, row.get("sector", "")),
        "context": _context(row.get("context", "")),
        "roll": _roll(row.get("roll", "")),
    }
    asked = select(School).where(School.authority == authority.code, School.name == name)
    school = session.scalars(asked).first()
    if school is None:
        session.add(School(name=name, authority=authority.code, is_sample=is_sample, **said))
        session.flush()
        loaded.new += 1
    elif any(getattr(school, key) != value for key, value in said.items()):
        for key, value in said.items():
            setattr(school, key, value)
        loaded.changed += 1
    else:
        loaded.unchanged += 1


def _sector(taxonomy: Taxonomy, text: str) -> str | None:
    if not text:
        return None
    term = taxonomy.vocabularies["sectors"].find(text)
    if term is None:
        raise InvalidInput(f"There is no sector “{text}”.")
    return term.code


def _context(text: str) -> str:
    words = text.replace(",", " ").replace(";", " ").lower().split()
    unknown = [word for word in words if word not in CONTEXTS]
    if unknown:
        raise InvalidInput(f"“{unknown[0]}” is no context: use {', '.join(CONTEXTS)}.")
    return " ".join(dict.fromkeys(words))


def _roll(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > 10_000:  # noqa: PLR2004 - no school has so many
        raise InvalidInput(f"“{text}” is no roll: give the number of pupils, or nothing.")
    return int(text)


def _match_resources(session: Session) -> int:
    """Let revisions that name a school belong to its row; return how many now do."""
    mine = select(School.id).where(
        School.name == Revision.school, School.authority == Revision.authority
    )
    wanted = Revision.school_id.is_(None) & mine.exists()
    count = session.scalar(select(func.count()).select_from(Revision).where(wanted)) or 0
    session.execute(
        update(Revision)
        .where(wanted)
        .values(school_id=mine.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    return count


def find(
    session: Session, actor: Actor, words: str = "", most: int | None = MOST_SHOWN
) -> list[School]:
    """Return the schools whose name holds the words, by name; None for `most`: all of them.

    Raises:
        NotAllowed: the actor does not keep accounts.
    """
    require(actor, Action.KEEP_ACCOUNTS)
    asked = select(School).order_by(School.name, School.authority).limit(most)
    for word in words.replace("\0", "").lower().split():
        asked = asked.where(func.lower(School.name).contains(word, autoescape=True))
    return list(session.scalars(asked))
