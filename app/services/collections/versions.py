"""The versions of a collection: which there were, what each says, and restoring one."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.collections import CollectionContent, SectionContent
from app.domain.errors import InvalidInput, NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.formats.collection_files import read_collection_file
from app.formats.resource_files import ReadingRules
from app.models.collection_content import put_sections
from app.models.collections import Collection, CollectionVersion
from app.models.pictures import Picture
from app.models.resources import Resource
from app.services.collected import read_collection
from app.services.collection_saving import keep_saving
from app.services.collections.holding import hold

NO_VERSION = "There is no such version, or it is not yours to read."
LARGEST_MB = 8


def find_versions(
    session: Session, actor: Actor, address: str
) -> tuple[Collection, list[CollectionVersion]]:
    """Return a collection with its versions, newest first, to those who keep it.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to keep.
    """
    collection = read_collection(session, actor, address)
    require(actor, Action.COLLECT, collection)
    versions = session.scalars(
        select(CollectionVersion)
        .where(CollectionVersion.collection_id == collection.id)
        .order_by(CollectionVersion.version.desc())
        .options(selectinload(CollectionVersion.person))
    )
    return collection, list(versions)


def read_version(
    session: Session, actor: Actor, address: str, number: int, taxonomy: Taxonomy
) -> tuple[Collection, CollectionVersion, CollectionContent]:
    """Return one version of a collection and what it says.

    Raises:
        NotFound: there is none.
        NotAllowed: it is not theirs to keep.
    """
    collection, versions = find_versions(session, actor, address)
    for version in versions:
        if version.version == number:
            return collection, version, _content(version, taxonomy)
    raise NotFound(NO_VERSION)


def restore(session: Session, actor: Actor, address: str, number: int, taxonomy: Taxonomy) -> int:
    """Let a collection read as a version did, as a new version; return how many items are gone.

    Its address, place and state stay; so do its curators. Items whose resource is no more in the
    library at all are left out.

    Raises:
        NotFound: there is no such collection or version.
        NotAllowed: it is not theirs to keep.
    """
    _, _, content = read_version(session, actor, address, number, taxonomy)
    collection = hold(session, actor, address)
    wanted = {item.resource_id for item in content.items}
    held = set(session.scalars(select(Resource.id).where(Resource.id.in_(wanted))))
    put_sections(collection, known_sections(content, held))
    collection.title, collection.summary = content.title, content.summary
    collection.introduction, collection.notice = content.introduction, content.notice
    collection.audience, collection.language = content.audience, content.language
    has_cover = content.cover and session.get(Picture, content.cover) is not None
    collection.cover_name = content.cover if has_cover else None
    collection.cover_text = content.cover_text
    collection.extra_yaml = content.extra_yaml
    keep_saving(session, actor, collection, detail=f"version {number} restored", is_apart=True)
    return len(wanted - held)


def known_sections(content: CollectionContent, held: set[str]) -> list[SectionContent]:
    """Return the sections of a content with those items alone whose resources are held."""
    return [
        SectionContent(
            section.title, tuple(item for item in section.items if item.resource_id in held)
        )
        for section in content.sections
    ]


def _content(version: CollectionVersion, taxonomy: Taxonomy) -> CollectionContent:
    # A private one of somebody who belongs nowhere has no region; it is not restored anyway.
    region = {"region": taxonomy.codes("regions")[0]}
    rules = ReadingRules(taxonomy, region, limit_mb=LARGEST_MB)
    found = read_collection_file(version.markdown.encode(), "", rules)
    if found.content is None:
        raise InvalidInput("This version cannot be read any more.")
    return found.content
