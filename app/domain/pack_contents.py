"""What a pack holds, as values that every form of it is drawn from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.domain.handouts import Block, HandoutPart
from app.domain.packs import Part, Plan, Slot

PRACTICE_EVIDENCE = "Practice evidence, not a trial"
SIGN_IN_COLUMNS = ("Name", "School or service", "Authority", "Role")
SIGN_IN_ROWS = 18
DATA_PROTECTION = (
    "This sheet is for today only: it tells who was here, for the running of the day and in case "
    "of fire. Whoever holds the day keeps it safe, copies it nowhere, and destroys it within four "
    "weeks. You need not sign it to take part."
)
FEEDBACK_QUESTIONS = (
    "What will you try, and with whom?",
    "When will you begin?",
    "What got in the way today, or may get in the way back at school?",
    "What would help you: somebody to ask, a visit, time, something else?",
)
FEEDBACK_NOTE = (
    "No name is needed. Please write nothing by which a pupil could be known. When you have tried "
    "something, say so on its page in the library: that is how others learn what travels."
)
PART_TITLES: Mapping[Part, str] = {
    Part.WELCOME: "Welcome and why we are here",
    Part.BREAK: "Break",
    Part.LUNCH: "Lunch",
    Part.CLOSE: "What each of us will try, and feedback",
}


@dataclass(frozen=True)
class PackFile:
    """A picture or a file for download, with its bytes where they are taken along."""

    name: str  # a file name, no folder
    label: str
    media_type: str
    size: int  # bytes
    data: bytes = b""


@dataclass(frozen=True)
class PackItem:
    """One resource of a pack, with everything that the pack says of it."""

    number: int  # from 1
    id: str  # permanent
    slug: str  # in its present address
    title: str
    summary: str
    language: str  # BCP 47
    kind: str  # in words
    place: str  # school, authority and region in words
    stages: tuple[str, ...]  # codes
    keywords: tuple[str, ...]  # labels and other names of its terms, and its tags
    evidence: str  # in words; "" where it says none
    notice: str  # says that it is invented, where it is
    licence: str
    minutes: int | None
    note: str  # Markdown, the curators'
    body: str  # Markdown
    section: str  # the collection's part that it stands in
    parts: tuple[HandoutPart, ...] = ()  # of the whole resource
    handout: tuple[HandoutPart, ...] = ()  # what fits one page
    note_blocks: tuple[Block, ...] = ()
    pictures: tuple[PackFile, ...] = ()
    files: tuple[PackFile, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A network day: what was asked for, its items and its running order."""

    plan: Plan
    region: str | None  # code: whose staff it is for, where it is for a region's
    collection_title: str
    summary: str
    introduction: str  # Markdown
    introduction_blocks: tuple[Block, ...]
    notice: str
    language: str
    items: tuple[PackItem, ...]
    slots: tuple[Slot, ...]
    left_out: tuple[str, ...] = field(default=())  # titles the maker may read; never in the pack
    hidden: int = 0  # how many more the collection holds that the maker may not read

    def titled(self, slot: Slot) -> str:
        """Return what a line of the running order is called."""
        return self.items[slot.number - 1].title if slot.number else PART_TITLES[slot.part]

    def slot_of(self, item: PackItem) -> Slot:
        """Return when an item has its time."""
        return next(slot for slot in self.slots if slot.number == item.number)

    @property
    def minutes(self) -> int:
        """How long the day takes."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def size(self) -> int:
        """About how many bytes its pictures have, and its files where they are wanted."""
        files = [f for item in self.items for f in item.files] if self.plan.with_files else []
        pictures = {f.name: f.size for item in self.items for f in item.pictures}
        return sum(pictures.values()) + sum({f.name: f.size for f in files}.values())


AddressOf = Callable[[PackItem], str]  # an item's permanent address, in full
