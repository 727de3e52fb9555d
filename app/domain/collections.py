"""A collection as a value: resources in an order, with notes; and how far it shows to a reader."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.audience import Audience

KIND = "collection"  # its code beside those of resources, in search and in the vocabulary of kinds
FOLDER = "collections"  # of content/
TITLE_LIMIT = 200  # characters
SUMMARY_LIMIT = 600  # characters
INTRODUCTION_LIMIT = 20_000  # characters
COVER_TEXT_LIMIT = 300  # characters
NOTE_LIMIT = 2000  # characters
SECTION_TITLE_LIMIT = 120  # characters
ITEMS_LIMIT = 200  # to one collection
SECTIONS_LIMIT = 30  # to one collection
CURATORS_LIMIT = 20  # to one collection, besides its owner
LONGEST_ITEM_MINUTES = 600


class CollectionState(StrEnum):
    """Whether readers see a collection."""

    PRIVATE = "private"  # its curators only
    PUBLISHED = "published"


@dataclass(frozen=True)
class ItemContent:
    """One resource in a collection, with what its curators say to it."""

    resource_id: str  # ULID
    note: str = ""  # Markdown
    minutes: int | None = None  # that a running order gives it


@dataclass(frozen=True)
class SectionContent:
    """A part of a collection; the first may have no title: items before any heading."""

    title: str
    items: tuple[ItemContent, ...] = ()


@dataclass(frozen=True)
class CollectionContent:
    """Everything that one version of a collection says, as a file or a form gives it.

    Codes are taxonomy codes. `extra_yaml` holds front-matter keys that the product does not
    know, to be written back. `introduction` is Markdown with LF line ends.
    """

    title: str
    region: str
    summary: str = ""
    introduction: str = ""
    notice: str = ""  # says that it is invented, where it is
    authority: str | None = None
    school: str | None = None
    audience: Audience = Audience.PUBLIC
    cover: str | None = None  # a picture's name in the library
    cover_text: str = ""  # what the picture shows
    sections: tuple[SectionContent, ...] = ()
    language: str = "en"
    published_on: date | None = None
    extra_yaml: str = ""

    @property
    def items(self) -> tuple[ItemContent, ...]:
        """All its items in their order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def minutes(self) -> int:
        """How many minutes its items take together."""
        return sum(item.minutes or 0 for item in self.items)


_WIDEST_FIRST = (Audience.PUBLIC, Audience.STAFF, Audience.REGION)


def is_narrower(
    audience: Audience, region: str | None, than: Audience, than_region: str | None
) -> bool:
    """Say whether fewer may read what is for the one audience than what is for the other."""
    here, there = _WIDEST_FIRST.index(audience), _WIDEST_FIRST.index(than)
    return here > there or (here == there and audience is Audience.REGION and region != than_region)
