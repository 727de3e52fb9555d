"""What is known and gathered while one Word file is read: asked and filled by every room beside."""

from dataclasses import dataclass, field

from app.domain.errors import TooLarge
from app.formats.intake.notes import Notebook
from app.formats.intake.pictures_taken import PictureCase
from app.formats.intake.values import IntakeLimits
from app.formats.intake.word.package import Package
from app.formats.intake.word.relations import Relation
from app.formats.intake.word.styles import Lists, Styles
from app.formats.intake.word.xml_parts import Element, XmlGuard

MOST_CELLS = 20_000
SAFE_SCHEMES = ("https://", "http://", "mailto:")


@dataclass
class Reading:
    """One Word file while it is read."""

    package: Package
    guard: XmlGuard
    styles: Styles
    lists: Lists
    notebook: Notebook
    case: PictureCase
    limits: IntakeLimits
    title: str = ""
    authors: dict[str, None] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)  # an address → its id in the clean file
    cells: int = 0  # of all tables so far
    shown: dict[str, str] = field(default_factory=dict)  # a picture's name → its id there

    def link_id(self, address: str) -> str:
        """Return the id of a web or e-mail address in the clean file; "" for any other."""
        address = address.strip()
        if not address.lower().startswith(SAFE_SCHEMES):
            self.notebook.jot("link")
            return ""
        return self.links.setdefault(address, f"link{len(self.links) + 1}")

    def count_cells(self, cells: int) -> None:
        """Count the cells of another table.

        Raises:
            TooLarge: there are far too many in all.
        """
        self.cells += cells
        if self.cells > MOST_CELLS:
            raise TooLarge(
                "The tables of this document are far too large to read on a page: put them into "
                "a file of their own, and offer it as an attachment."
            )

    def picture_id(self, name: str) -> str:
        """Return the id of a kept picture in the clean file."""
        return self.shown.setdefault(name, f"picture{len(self.shown) + 1}")

    def meet_author(self, name: str | None) -> None:
        """Remember a person whom the file names as having worked on it."""
        name = " ".join((name or "").split())[:200]
        if name:
            self.authors[name] = None


@dataclass
class Place:
    """Where in the file the copying is: in which part, and inside what."""

    reading: Reading
    relations: dict[str, Relation]
    in_table: bool = False
    in_note: bool = False
    is_hidden: bool = False  # by the style of the table around
    after: list[Element] = field(default_factory=list)  # text boxes, for below the paragraph
    heading_level: int = 1  # of the styled heading passed last

    @property
    def notebook(self) -> Notebook:
        """The list of what is met."""
        return self.reading.notebook
