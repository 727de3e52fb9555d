"""Write the letter of a digest: its words are looked up now, for what its reader may read now."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audience import may_read
from app.domain.follows import Rhythm, because
from app.domain.people import Actor
from app.domain.workflow import State
from app.followers.desk import LIBRARY, Desk, NoLetter, plain, subject_of
from app.formats.signed_links import Purpose
from app.models.actors import actor_of
from app.models.follows import Digest, DigestChoice
from app.models.resources import Resource, Revision
from app.outside.mail import Letter


class _Item(NamedTuple):
    """One thing that is told of, and why."""

    title: str
    summary: str
    school: str | None
    slug: str
    why: list[str]


def about_digest(session: Session, row_id: int, desk: Desk, now: datetime) -> Letter | NoLetter:
    """Return the letter of a digest, or why there is none any more."""
    digest = session.get(Digest, row_id)
    if digest is None:
        return NoLetter("it is gone")
    reader = actor_of(digest.person, now)
    choice = session.get(DigestChoice, digest.person_id)
    if reader is None or (choice is not None and choice.rhythm is Rhythm.NEVER):
        return NoLetter("not wished" if reader else "nobody’s any more")
    said = json.loads(digest.items_json)
    items = _find(session, reader, said["items"])
    if not items:
        return NoLetter("nothing in it may be read any more")
    stop = desk.signed_link("digests/stop", Purpose.DIGEST_OFF, digest.person_id)
    headers = {
        "Message-ID": desk.message_id("digest", digest.id, digest.made_at),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    text = _text(desk, items, said["more"], stop)
    return Letter(digest.person.email, _subject(items, said["more"]), text, headers)


def _find(session: Session, reader: Actor, said: list[dict[str, object]]) -> list[_Item]:
    """Return what the reader may read of a digest, in its order."""
    # Columns, not rows as objects: a letter needs few of a resource's words, and goes to thousands.
    asked = (
        select(
            Revision.resource_id,
            Revision.title,
            Revision.summary,
            Revision.school,
            Revision.audience,
            Revision.region,
            Resource.slug,
        )
        .join(Resource, Resource.id == Revision.resource_id)
        .where(
            Revision.state == State.PUBLISHED,
            Revision.resource_id.in_([str(item["id"]) for item in said]),
        )
    )
    by_id = {row.resource_id: row for row in session.execute(asked)}
    found = []
    for item in said:
        row, why = by_id.get(str(item["id"])), item["why"]
        if row is not None and may_read(reader, row.audience, row.region):
            labels = why if isinstance(why, list) else []
            found.append(_Item(row.title, row.summary, row.school, row.slug, labels))
    return found


def _subject(items: list[_Item], more: int) -> str:
    title = plain(items[0].title)
    others = len(items) + more - 1
    return subject_of(f"New: “{title[:70]}”" + (f" and {others} more" if others else ""))


def _text(desk: Desk, items: list[_Item], more: int, stop: str) -> str:
    told = "\n\n".join(_told(desk, item) for item in items)
    if more:
        told += f"\n\nAnd {more} more: {desk.link('search?sort=newest')}"
    return f"""\
New in {LIBRARY}, of what you follow:

{told}

You get this mail because you follow things in the library. Choose what, and how often:
{desk.link("my")}

No more of these mails, with one click:
{stop}
"""


def _told(desk: Desk, item: _Item) -> str:
    lines = [plain(item.title), plain(item.summary)]
    lines += [plain(item.school or ""), desk.link(f"resources/{item.slug}")]
    lines.append(f"Here {because([plain(label) for label in item.why])}.")
    return "\n".join(filter(None, lines))
