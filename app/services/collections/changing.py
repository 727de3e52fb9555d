"""Change what a collection says of itself: its words, its audience, its cover picture."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.audience import Audience
from app.domain.errors import InvalidInput, NotFound, TooLarge
from app.domain.people import Actor
from app.domain.taxonomy import Taxonomy
from app.formats.picture_cleaning import clean_picture
from app.formats.pictures import NotAPicture
from app.models.collections import Collection
from app.models.pictures import Picture
from app.services.collected import read_collection
from app.services.collection_saving import keep_saving
from app.services.collections.holding import hold
from app.services.collections.words import Clash, WordsRefused, settle, tidy_fields
from app.services.keeping import keep_picture

FIELDS = ("title", "summary", "introduction", "audience", "language", "cover_text")
PLACE = "region"  # only for who belongs nowhere
NO_COVER = "There is no such picture, or it is not for everyone to see."
NO_ALT = "Say what the picture shows, for people who do not see it."
SHORTEST_ALT = 5  # characters: a word or two, not “x”


def fields_of(collection: Collection) -> dict[str, str]:
    """Return what may be changed, as texts by their names."""
    said = {name: str(getattr(collection, name)) for name in FIELDS}
    return said | {PLACE: collection.region or ""}


def change(
    session: Session,
    actor: Actor,
    address: str,
    sent: Mapping[str, str],
    *,
    taxonomy: Taxonomy,
    was: Mapping[str, str] | None = None,
    version: int | None = None,
) -> tuple[Clash, ...]:
    """Write the fields that were sent, unless somebody else changed the same meanwhile.

    `was` has the marks of the fields as they were shown (words.py). Where fields clash, nothing is
    written, and what stands now is returned for each.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to keep.
        WrongState: it is not the version that was named.
        WordsRefused: some fields cannot be kept.
    """
    collection = hold(session, actor, address, version=version)
    tidied = tidy_fields(sent, taxonomy)
    if PLACE in tidied and not _may_place(actor, collection, tidied[PLACE]):
        raise WordsRefused({PLACE: "The region follows from whoever began the collection."})
    write, clashes = settle(fields_of(collection), tidied, was or {})
    if clashes:
        return clashes
    for name, words in write.items():
        setattr(collection, name, Audience(words) if name == "audience" else words or _none(name))
    if write:
        keep_saving(session, actor, collection, detail=", ".join(sorted(write)))
    return ()


def may_place(actor: Actor) -> bool:
    """Say whether the actor, who belongs nowhere, may say which region a collection is of."""
    return actor.region is None


def clean(data: bytes, upload_limit_mb: int) -> bytes:
    """Return a picture without anything hidden in it; needs no database.

    Raises:
        InvalidInput: it cannot be taken; the sentence says why.
    """
    try:
        return clean_picture(data, upload_limit_mb)
    except (NotAPicture, TooLarge) as refusal:
        raise InvalidInput(f"The picture cannot be taken: {refusal}.") from None


def set_cover(
    session: Session,
    actor: Actor,
    address: str,
    *,
    file_name: str,
    data: bytes,
    text: str,
    limit_mb: int,
) -> None:
    """Give a collection its cover picture, and the words for those who do not see it.

    `data` has passed `clean`.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to keep.
        InvalidInput: the words are missing, or the picture stays over the limit.
    """
    collection = hold(session, actor, address)
    words = " ".join(text.split())
    if len(words) < SHORTEST_ALT:
        raise WordsRefused({"cover_text": NO_ALT})
    try:
        picture = keep_picture(session, file_name, data, limit_mb)
    except InvalidInput as refusal:
        raise InvalidInput(f"The picture cannot be taken: {refusal}.") from None
    collection.cover_name, collection.cover_text = picture.name, words[:300]
    keep_saving(session, actor, collection, detail="cover")


def remove_cover(session: Session, actor: Actor, address: str) -> None:
    """Take the cover picture off a collection.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to keep.
    """
    collection = hold(session, actor, address)
    collection.cover_name, collection.cover_text = None, ""
    keep_saving(session, actor, collection, detail="cover")


def read_cover(session: Session, actor: Actor, address: str) -> Picture:
    """Return the cover of a collection with its bytes, to whoever may see the collection.

    Raises:
        NotFound: there is none.
    """
    collection = read_collection(session, actor, address)
    found = session.scalars(
        select(Picture).where(Picture.name == collection.cover_name).options(undefer(Picture.data))
    ).first()
    if found is None:
        raise NotFound(NO_COVER)
    return found


def _may_place(actor: Actor, collection: Collection, region: str) -> bool:
    return may_place(actor) or region == (collection.region or "")


def _none(name: str) -> str | None:
    return None if name == PLACE else ""
