"""Make sanitised HTML fit a page: headings, ids, tables, pictures, links, footnotes."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from slugify import slugify

from app.domain.taxonomy import fold
from app.formats.html_tree import text_of
from app.formats.pictures import PICTURES

PictureUrl = Callable[[str], str | None]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
DEEPEST = 6
# Ids that pages use, or well may: a heading called so is given another.
PAGE_IDS = """
    about at-a-glance beside breadcrumbs browse changes comments content contents cookies decision
    download downloads facets filters footer header help home keep-and-share main main-content menu
    more-help nav navigation newest notice page person print provenance q q-hint result-count
    results search share similar since site-search skip sort submission suggestions themes title
    top
"""
RESERVED_IDS = frozenset(PAGE_IDS.split())


@dataclass(frozen=True)
class Section:
    """A heading of a page's body, for a list of contents."""

    level: int  # 2 to 6
    id: str
    text: str


class PageBody:
    """One body on its way to a page. Use it once: `fit`, then read `sections` and `shown`."""

    def __init__(self, picture_url: PictureUrl) -> None:
        self.sections: list[Section] = []
        self.shown: set[str] = set()  # the URLs of the pictures that it shows
        self._picture_url = picture_url
        self._taken = set(RESERVED_IDS)
        self._ids: dict[str, str] = {}  # as the author calls them -> as the page does
        self._outline: list[int] = []  # the author's levels of the headings now open
        self._tables = 0

    def fit(self, root: ET.Element, title: str) -> None:
        """Change the tree in place; a first heading that only says the title is left out."""
        if _says_first(root, title):
            root.text = root[0].tail
            root.remove(root[0])
        self._visit(root, is_in_link=False)
        for link in root.iter("a"):
            self._point(link)

    def _visit(self, parent: ET.Element, is_in_link: bool) -> None:
        for place, child in enumerate(list(parent)):
            if child.tag in HEADINGS:
                self._place_heading(child)
            elif "id" in child.attrib:
                child.set("id", self._new_id(child.attrib["id"], f"text-{child.attrib['id']}"))
            if child.tag == "img":
                self._show_picture(child, is_in_link)
            elif child.tag == "table":
                parent[place] = self._table(child)
            elif child.tag == "pre":
                child.set("tabindex", "0")  # it scrolls sideways: the keyboard must reach it
            elif child.tag == "div" and child.get("class") == "footnote":
                _mark_footnotes(child)
            self._visit(child, is_in_link or child.tag == "a")

    def _new_id(self, called: str, wanted: str) -> str:
        bare = slugify(wanted) or "section"
        given, count = bare, 1
        while given in self._taken:
            count += 1
            given = f"{bare}-{count}"
        self._taken.add(given)
        self._ids.setdefault(called, given)
        self._ids.setdefault(bare, given)
        return given

    def _place_heading(self, heading: ET.Element) -> None:
        """Put the heading under the page's own, with no level left out between."""
        level = int(heading.tag[1])
        while self._outline and self._outline[-1] >= level:
            self._outline.pop()
        self._outline.append(level)
        placed = min(1 + len(self._outline), DEEPEST)
        text = text_of(heading)
        heading.tag = f"h{placed}"
        heading.set("id", self._new_id(heading.get("id", ""), text))
        if text:
            self.sections.append(Section(placed, heading.attrib["id"], text))
        else:
            heading.tag = "p"  # an empty heading says nothing to those who jump by headings

    def _table(self, table: ET.Element) -> ET.Element:
        """Return the table in a frame that scrolls by itself and can be reached by keyboard."""
        self._tables += 1
        under = f": {self.sections[-1].text}" if self.sections else ""
        frame = ET.Element("div", {"class": "table-scroll", "role": "region", "tabindex": "0"})
        frame.set("aria-label", f"Table {self._tables}{under}")
        frame.tail, table.tail = table.tail, None
        frame.append(table)
        for row in table.iter("tr"):
            for cell in row:
                _align(cell)
        for head in table.iter("thead"):
            for cell in head.iter("th"):
                cell.set("scope", "col")
        for cell in table.iter("th"):
            _scope(cell)
        return frame

    def _show_picture(self, picture: ET.Element, is_in_link: bool) -> None:
        source, alternative = picture.get("src", ""), picture.get("alt", "")
        name = unquote(source.removeprefix(PICTURES)) if source.startswith(PICTURES) else ""
        url = self._picture_url(name) if name else None
        if url is not None:
            picture.attrib.update({"src": url, "alt": alternative, "loading": "lazy"})
            self.shown.add(url)
            return
        picture.attrib.clear()
        picture.text = f"Picture: {alternative or source.rpartition('/')[2] or 'not here'}"
        if source.startswith(("http://", "https://")) and not is_in_link:
            picture.tag = "a"
            picture.set("href", source)
        else:
            picture.tag = "span"
            picture.set("class", "missing-picture")

    def _point(self, link: ET.Element) -> None:
        target = link.get("href")
        if target is None:
            link.tag = "span"  # what it pointed at was not safe
        elif target.startswith("#"):
            self._point_within(link, unquote(target[1:]))
        elif target.startswith(PICTURES):
            link.set("href", self._picture_url(unquote(target.removeprefix(PICTURES))) or target)
        elif target.startswith(("http:", "https:", "//")):
            # Others need not learn which page of the library was being read.
            link.set("rel", "noopener noreferrer")

    def _point_within(self, link: ET.Element, called: str) -> None:
        link.set("href", f"#{self._ids.get(called, called)}")
        if link.get("class") == "footnote-ref":
            link.attrib.update({"role": "doc-noteref", "aria-label": f"Footnote {link.text or ''}"})
        elif link.get("class") == "footnote-backref":
            label = link.attrib.pop("title", "Back to the text")
            link.attrib.update({"role": "doc-backlink", "aria-label": label})


def _says_first(root: ET.Element, title: str) -> bool:
    is_first = len(root) > 0 and root[0].tag in HEADINGS and not (root.text or "").strip()
    return is_first and fold(text_of(root[0])) == fold(title)


def _mark_footnotes(notes: ET.Element) -> None:
    notes.tag = "section"
    notes.attrib.update({"role": "doc-endnotes", "aria-label": "Footnotes"})
    for rule in notes.findall("hr"):
        notes.remove(rule)


def _align(cell: ET.Element) -> None:
    """Say the alignment by class: inline styles are forbidden, and `align` is of the past."""
    where = cell.attrib.pop("align", "")
    if where in ("left", "right", "center"):
        cell.set("class", f"align-{where}")


def _scope(cell: ET.Element) -> None:
    """Say what a header cell heads; an empty one heads nothing."""
    if not text_of(cell):
        cell.tag = "td"
        cell.attrib.pop("scope", None)
    else:
        cell.attrib.setdefault("scope", "row")
