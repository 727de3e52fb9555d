"""What the styles of a document say of its paragraphs: heading, title, hidden, numbered."""

import re
from dataclasses import dataclass
from functools import cache

from app.formats.intake.word.names import child, child_value, descend, is_on, value, whole
from app.formats.intake.word.xml_parts import Element

LONGEST_CHAIN = 20  # styles based on styles
DEEPEST_HEADING = 6
# Word writes the English name of its own styles whatever its language; other programs do not.
HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|encabezado|intestazione|rubrik|overskrift|kop|"
    r"nagłówek|ceann-?sgrìobhadh|ceannteideal|otsikko)\s*([1-9])",
    re.IGNORECASE,
)
TITLE = re.compile(r"title|titel|titre|título|titolo|tytuł|tiotal|otsikko|rubrik", re.IGNORECASE)
CONTENTS = re.compile(
    r"(?:toc|contents|table of figures|index)\s*(?:heading|[1-9])?", re.IGNORECASE
)
QUOTE = re.compile(r"(?:intense )?quot(?:e|ation)s?|block text", re.IGNORECASE)
STRONG = re.compile(r"strong|intense emphasis", re.IGNORECASE)
EMPHASIS = re.compile(r"emphasis|subtle emphasis|intense emphasis", re.IGNORECASE)


@dataclass(frozen=True)
class Numbering:
    """A list that a paragraph belongs to."""

    number: str
    level: int


class Styles:
    """Answers about styles by id, following what they are based on."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        self._hides_all = False
        for style in descend(root, "w:style") if root is not None else ():
            self._by_id.setdefault(value(style, "w:styleId"), style)
            if value(style, "w:type") == "paragraph" and value(style, "w:default") == "1":
                self._default = value(style, "w:styleId")
        if root is not None:
            defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:vanish")
            self._hides_all = bool(is_on(defaults))
        self.heading_level = cache(self._heading_level)
        self.hides = cache(self._hides)
        self.is_contents = cache(self._is_contents)

    def is_title(self, style: str) -> bool:
        """Whether paragraphs of this style are the document's title."""
        return any(TITLE.fullmatch(name) for name in self._names(style))

    def is_quote(self, style: str) -> bool:
        """Whether paragraphs of this style quote."""
        return any(QUOTE.fullmatch(name) for name in self._names(style))

    def is_strong(self, style: str) -> bool:
        """Whether letters of this style are meant strongly."""
        return any(STRONG.fullmatch(name) for name in self._names(style))

    def is_emphasis(self, style: str) -> bool:
        """Whether letters of this style are stressed."""
        return any(EMPHASIS.fullmatch(name) for name in self._names(style))

    def is_bold(self, style: str) -> bool:
        """Whether letters of this style are bold."""
        said = (is_on(child(link, "w:rPr", "w:b")) for link in self._chain(style))
        return bool(next((on for on in said if on is not None), False))

    def numbering(self, style: str) -> Numbering | None:
        """Return the list that paragraphs of this style belong to."""
        for link in self._chain(style):
            properties = child(link, "w:pPr", "w:numPr")
            if child(properties, "w:numId") is not None:
                level = whole(child_value(properties, "w:ilvl"), 0, 8)
                return Numbering(child_value(properties, "w:numId"), level)
        return None

    def list_of_style(self, style: str) -> str:
        """Return the id of the list that a numbering style stands for."""
        numbering = self.numbering(style)
        return numbering.number if numbering else ""

    def _heading_level(self, style: str) -> int:
        """Return 1 to 6 for a heading, else 0."""
        for link in self._chain(style):
            found = HEADING.fullmatch(child_value(link, "w:name").strip())
            if found:
                return min(int(found[1]), DEEPEST_HEADING)
            outline = child(link, "w:pPr", "w:outlineLvl")
            if outline is not None:
                return outline_level(outline)
        # A document whose styles are missing still calls them so.
        found = HEADING.fullmatch(style) if style not in self._by_id else None
        return min(int(found[1]), DEEPEST_HEADING) if found else 0

    def _hides(self, style: str) -> bool:
        """Whether text of this style is hidden.

        Word lets a paragraph's style and a letter's undo each other. Whatever is hidden by one
        of them is taken as hidden: what nobody misses can be written again.
        """
        said = (is_on(child(link, "w:rPr", "w:vanish")) for link in self._chain(style))
        return bool(next((on for on in said if on is not None), self._hides_all))

    def _is_contents(self, style: str) -> bool:
        return any(CONTENTS.fullmatch(name) for name in self._names(style))

    def _names(self, style: str) -> list[str]:
        names = [child_value(link, "w:name").strip() for link in self._chain(style)]
        return names or [style]

    def _chain(self, style: str) -> list[Element]:
        """Return the style and what it is based on, nearest first; a circle ends."""
        chain: list[Element] = []
        link = self._by_id.get(style or self._default)
        while link is not None and link not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(link)
            link = self._by_id.get(child_value(link, "w:basedOn"))
        return chain


def outline_level(element: Element | None) -> int:
    """Return 1 to 6 for the outline level of a paragraph, 0 for body text."""
    said = whole(value(element), 0, 9, otherwise=9)
    return said + 1 if said < DEEPEST_HEADING else 0


class Lists:
    """Which of the document's lists count, and which have bullets."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._kinds: dict[str, dict[int, str]] = {}
        self._abstract: dict[str, Element] = {}
        self._numbers: dict[str, str] = {}
        if root is None:
            return
        for element in descend(root, "w:abstractNum"):
            self._abstract[value(element, "w:abstractNumId")] = element
        for element in descend(root, "w:num"):
            self._numbers[value(element, "w:numId")] = child_value(element, "w:abstractNumId")

    def is_ordered(self, numbering: Numbering) -> bool | None:
        """Whether a level of a list counts; None where it shows neither number nor bullet."""
        kinds = self._kinds_of(numbering.number)
        kind = kinds.get(numbering.level, "" if kinds else "none")
        return None if kind == "none" else kind != "bullet"

    def _kinds_of(self, number: str) -> dict[int, str]:
        if number not in self._kinds:
            self._kinds[number] = self._read_kinds(number, set())
        return self._kinds[number]

    def _read_kinds(self, number: str, seen: set[str]) -> dict[int, str]:
        abstract = self._abstract.get(self._numbers.get(number, ""))
        if abstract is None or number in seen:
            return {}
        linked = child_value(abstract, "w:numStyleLink")
        if linked:
            return self._read_kinds(self._styles.list_of_style(linked), {*seen, number})
        return {
            whole(value(level, "w:ilvl"), 0, 8): child_value(level, "w:numFmt")
            for level in descend(abstract, "w:lvl")
        }
