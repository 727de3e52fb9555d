"""A collection's rows as one value, and a value as rows."""

from collections.abc import Callable, Mapping, Sequence

from app.domain.arranging import Part
from app.domain.collections import CollectionContent, ItemContent, SectionContent
from app.models.collections import Collection, CollectionItem, CollectionSection


def collection_content_of(
    collection: Collection, is_shown: Callable[[CollectionItem], bool] = lambda _: True
) -> CollectionContent:
    """Return everything that a collection says, or that part whose items are shown."""
    return CollectionContent(
        title=collection.title,
        region=collection.region or "",
        summary=collection.summary,
        introduction=collection.introduction,
        notice=collection.notice,
        authority=collection.authority,
        school=collection.school,
        audience=collection.audience,
        cover=collection.cover_name,
        cover_text=collection.cover_text,
        sections=tuple(_section(section, is_shown) for section in collection.sections),
        language=collection.language,
        published_on=collection.published_on,
        extra_yaml=collection.extra_yaml,
    )


def parts_of(collection: Collection) -> tuple[Part, ...]:
    """Return how its items are arranged."""
    return tuple(
        Part(section.id, section.title, tuple(item.resource_id for item in section.items))
        for section in collection.sections
    )


def put_parts(
    collection: Collection,
    parts: Sequence[Part],
    said: Mapping[str, ItemContent] | None = None,
) -> None:
    """Arrange a collection so; an item or section that it has already stays the same row.

    Its sections and items are loaded, and the resources that it names are there. `said` gives
    items their words where these change too.
    """
    rows = {row.id: row for row in collection.sections}
    held = {item.resource_id: item for row in collection.sections for item in row.items}
    arranged = []
    for place, part in enumerate(parts):
        row = rows.get(part.key or 0) or CollectionSection(collection_id=collection.id)
        row.title, row.position = part.title, place
        items = [
            _item_at(collection, held, resource_id, at) for at, resource_id in enumerate(part.ids)
        ]
        arranged.append((row, items))
    for row, items in arranged:
        row.items = items
    kept = [row for row, _ in arranged]
    for row in collection.sections:
        if row not in kept:
            row.items = []
    collection.sections = kept
    for row in kept:
        for item in row.items:
            if said and item.resource_id in said:
                item.note = said[item.resource_id].note
                item.minutes = said[item.resource_id].minutes


def put_sections(collection: Collection, sections: Sequence[SectionContent]) -> None:
    """Give a collection these sections and items with their words, as a file says them."""
    keys = [row.id for row in collection.sections]
    parts = [
        Part(
            keys[at] if at < len(keys) else None,
            section.title,
            tuple(item.resource_id for item in section.items),
        )
        for at, section in enumerate(sections)
    ]
    said = {item.resource_id: item for section in sections for item in section.items}
    put_parts(collection, parts or [Part(keys[0] if keys else None, "", ())], said)


def _item_at(
    collection: Collection, held: Mapping[str, CollectionItem], resource_id: str, at: int
) -> CollectionItem:
    item = held.get(resource_id)
    if item is None:
        item = CollectionItem(collection_id=collection.id, resource_id=resource_id)
    item.position = at
    return item


def _section(
    section: CollectionSection, is_shown: Callable[[CollectionItem], bool]
) -> SectionContent:
    shown = [item for item in section.items if is_shown(item)]
    return SectionContent(
        section.title, tuple(ItemContent(i.resource_id, i.note, i.minutes) for i in shown)
    )
