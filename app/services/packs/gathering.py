"""Gather a pack from a collection: only what the maker and all whom it is for may read."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import Audience, may_read
from app.domain.errors import InvalidInput
from app.domain.handouts import fit_to_page, room_for
from app.domain.pack_contents import Pack, PackFile, PackItem
from app.domain.packs import (
    Plan,
    audiences_for,
    is_within_a_day,
    reader_of,
    running_order,
)
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.formats.pack_blocks import blocks_of, parts_of
from app.formats.pictures import PICTURES
from app.models.collections import Collection
from app.models.pictures import Picture
from app.models.resources import Revision
from app.models.submissions import RevisionAttachment
from app.services.collected import Seen, SeenItem, read_collection, seen_by
from app.services.packs.wording import words_of


@dataclass(frozen=True)
class Offer:
    """What a person can choose for a pack of one collection."""

    collection: Collection
    audiences: tuple[Audience, ...]  # widest first; the first is the collection's own where it can
    region: str | None  # whose staff “staff of my region” are
    seen: Seen  # what the maker sees of it


def read_offer(session: Session, actor: Actor, address: str) -> Offer:
    """Return what can be chosen for a pack of the collection at this address.

    Raises:
        NotFound: there is none that this actor may read.
    """
    collection = read_collection(session, actor, address)
    is_regions = collection.audience is Audience.REGION
    region = collection.region if is_regions else actor.region or collection.region
    audiences = audiences_for(actor, collection.audience, region)
    return Offer(collection, audiences, region, seen_by(session, actor, collection))


def gather(session: Session, actor: Actor, offer: Offer, plan: Plan, taxonomy: Taxonomy) -> Pack:
    """Return the pack of a collection, without the bytes of pictures and files.

    What the readers of a pack may not all read is in no part of it; `left_out` tells its maker.

    Raises:
        InvalidInput: it cannot be for these readers, or the day does not end before midnight.
    """
    require(actor, Action.READ_PUBLIC)
    if plan.for_whom not in offer.audiences:
        raise InvalidInput("A pack of this collection cannot be for these readers.")
    seen = offer.seen
    reader = reader_of(plan.for_whom, offer.region)
    kept = [one for one in seen.items if _is_for(reader, one)]
    _load_facts(session, kept)
    slots = running_order([one.item.minutes for one in kept], plan.times)
    if not is_within_a_day(slots, plan.times.start):
        raise InvalidInput("The day would go past midnight: begin earlier, or give less time.")
    sections = {s.section.id: s.section.title for s in seen.sections}
    sizes = _sizes(session, kept)
    return Pack(
        plan=plan,
        region=offer.region if plan.for_whom is Audience.REGION else None,
        collection_title=offer.collection.title,
        summary=offer.collection.summary,
        introduction=offer.collection.introduction,
        introduction_blocks=blocks_of(offer.collection.introduction),
        notice=offer.collection.notice,
        language=offer.collection.language,
        items=tuple(
            _item(number, one, sections[one.item.section_id], taxonomy, sizes)
            for number, one in enumerate(kept, 1)
        ),
        slots=slots,
        left_out=tuple(one.revision.title for one in seen.items if not _is_for(reader, one)),
        hidden=seen.dropped,
    )


def _is_for(reader: Actor, one: SeenItem) -> bool:
    return may_read(reader, one.revision.audience, one.revision.region)


def _load_facts(session: Session, kept: list[SeenItem]) -> None:
    """Bring what the items' revisions are filed under and hold, a question to each kind."""
    asked = select(Revision).where(Revision.id.in_([one.revision.id for one in kept]))
    session.scalars(
        asked.options(
            selectinload(Revision.terms),
            selectinload(Revision.tags),
            selectinload(Revision.pictures),
            selectinload(Revision.attachments).selectinload(RevisionAttachment.attachment),
        )
    ).all()


def _sizes(session: Session, kept: list[SeenItem]) -> dict[str, int]:
    names = {name for one in kept for name in _shown(one.revision)}
    asked = select(Picture.name, func.length(Picture.data)).where(Picture.name.in_(names))
    return {str(row[0]): int(row[1]) for row in session.execute(asked)}


def _shown(revision: Revision) -> list[str]:
    held = (picture.name for picture in revision.pictures)
    return sorted(name for name in held if PICTURES + name in revision.body_markdown)


def _item(
    number: int, one: SeenItem, section: str, taxonomy: Taxonomy, sizes: dict[str, int]
) -> PackItem:
    revision, words = one.revision, words_of(one.revision, taxonomy)
    held = {picture.name: picture for picture in revision.pictures}
    item = PackItem(
        number=number,
        id=one.resource.id,
        slug=one.resource.slug,
        title=revision.title,
        summary=revision.summary,
        language=revision.language,
        kind=taxonomy.label("kinds", one.resource.kind),
        place=words.place,
        stages=words.stages,
        keywords=words.keywords,
        evidence=words.evidence,
        notice=revision.notice,
        licence=revision.licence or "",
        minutes=one.item.minutes,
        note=one.item.note,
        body=revision.body_markdown,
        section=section,
        parts=parts_of(revision.body_markdown, revision.title),
        note_blocks=blocks_of(one.item.note),
        pictures=tuple(
            PackFile(name, name, held[name].media_type, sizes.get(name, 0))
            for name in _shown(revision)
        ),
        files=tuple(
            PackFile(a.attachment_name, a.label, a.attachment.media_type, a.attachment.size)
            for a in revision.attachments
        ),
    )
    foot = (item.evidence, item.notice)
    room = room_for(item.title, item.summary, item.place, foot)
    return replace(item, handout=fit_to_page(item.parts, room))
