"""Write a collection as its Markdown file: the one canonical form, the same bytes every time."""

from collections.abc import Iterator

from app.domain.collections import CollectionContent, ItemContent, SectionContent
from app.formats.resource_writing import quoted, scalar


def collection_to_file(collection_id: str, content: CollectionContent) -> bytes:
    """Return the Markdown file of a collection: its front matter, then its introduction."""
    lines = [f"id: {collection_id}", *_known(content)]
    if content.extra_yaml:
        lines.append(content.extra_yaml)
    front_matter = "\n".join(lines)
    return f"---\n{front_matter}\n---\n{content.introduction}".encode()


def _known(content: CollectionContent) -> Iterator[str]:
    texts = {
        "title": content.title,
        "summary": content.summary,
        "notice": content.notice,
        "region": content.region,
        "authority": content.authority,
        "school": content.school,
        "audience": str(content.audience),
        "cover": content.cover,
        "cover_text": content.cover_text,
        "language": content.language,
    }
    yield from (f"{key}: {scalar(text)}" for key, text in texts.items() if text)
    if content.published_on is not None:
        yield f"published_on: {content.published_on.isoformat()}"
    if content.sections:
        yield "sections:"
    for section in content.sections:
        yield from _section(section)


def _section(section: SectionContent) -> Iterator[str]:
    yield f"- title: {quoted(section.title)}"
    if section.items:
        yield "  items:"
    for item in section.items:
        yield from _item(item)


def _item(item: ItemContent) -> Iterator[str]:
    yield f"  - resource: {item.resource_id}"
    if item.note:
        yield f"    note: {quoted(item.note)}"
    if item.minutes is not None:
        yield f"    minutes: {item.minutes}"
