"""Write HTML as Markdown in the dialect of our own pages: only what that dialect understands."""

import re
from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

# What our Markdown would take for a mark of its own.
MARKS = re.compile(r"([\\`*\[\]])")
LOOSE_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
ENTITY = re.compile(r"&(?=#?\w+;)")
BANG = re.compile(r"!(?=\\?\[|$)")
# At the beginning of a line: a heading, a quotation, a definition, a fence, a rule.
LINE_START = re.compile(r"^(\s{0,3})([#>+:~=]|-(?=-|\s*$))", re.MULTILINE)
LONG_NUMBER = re.compile(r"^(\s{0,3}\d{3,})([.)])(?=\s)", re.MULTILINE)
INDENT = "    "  # Python-Markdown nests by four
CELLS = ("td", "th")


def to_markdown(blocks: list[Tag]) -> str:
    """Return HTML elements as Markdown; empty lines between blocks are single."""
    writer = Writer(
        heading_style="atx",
        bullets="-",
        sub_symbol="<sub>",
        sup_symbol="<sup>",
        escape_misc=True,
        table_infer_header=True,
        newline_style="spaces",
    )
    text = writer.convert("".join(_as_block(block) for block in blocks))
    lines = [
        line if line.endswith("  ") and line.strip() else line.rstrip() for line in text.split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class Writer(MarkdownConverter):
    """markdownify, told about our dialect."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._counts: dict[int, int] = {}

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Take the meaning from every mark that somebody typed as a letter."""
        text = MARKS.sub(r"\\\1", text or "")
        text = LOOSE_UNDERSCORE.sub(r"\\_", text)
        text = ENTITY.sub("&amp;", text).replace("<", "&lt;")
        text = BANG.sub(r"\\!", text)
        return text.replace("|", r"\|") if parent_tags.intersection(CELLS) else text

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a paragraph; in a cell, paragraphs are parted by line breaks."""
        text = text.strip(" \t\r\n")
        if parent_tags.intersection(CELLS):
            return f"{text}<br>" if text else ""
        text = LONG_NUMBER.sub(r"\1\\\2", text)
        text = LINE_START.sub(_escaped, text)
        return f"\n\n{text}\n\n" if text else ""

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a line break, as HTML where Markdown has none."""
        return "<br>" if parent_tags.intersection(CELLS) else "  \n"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write an entry of a list, its further lines four in."""
        text = (text or "").strip()
        if parent_tags.intersection(CELLS):
            return f"– {text}<br>" if text else ""
        if not text:
            return "\n"
        is_ordered = el.parent is not None and el.parent.name == "ol"
        number = self._number(el) if is_ordered else 0
        mark = f"{number}." if is_ordered else "-"
        lines = text.split("\n")
        rest = [f"{INDENT}{line}" if line else "" for line in lines[1:]]
        return "\n".join([f"{mark:<4}{lines[0]}", *rest]) + "\n"

    def _number(self, item: Tag) -> int:
        """Return an entry's number; entries come in order, so each list is counted once."""
        self._counts[id(item.parent)] = self._counts.get(id(item.parent), 0) + 1
        return self._counts[id(item.parent)]

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a list; one within another follows its line at once."""
        if parent_tags.intersection(CELLS):
            return text
        return "\n" + text.rstrip() if "li" in parent_tags else f"\n\n{text}\n"

    convert_ul = convert_ol = convert_list

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a cell on one line."""
        text = re.sub(r"(?:\s*<br>)+\s*$", "", text.strip())
        return " " + " ".join(text.split()) + " |"

    convert_th = convert_td

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a picture by its name and what it shows."""
        words = " ".join(str(el.get("alt") or "").split())
        return f"![{self.escape(words, parent_tags)}]({el.get('src') or ''})"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a link; its address keeps no bracket or space that would end it."""
        href = str(el.get("href") or "")
        words = " ".join(text.split())
        if not words or not href:
            return text
        for letter, code in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E")):
            href = href.replace(letter, code)
        lead = " " if text[:1].isspace() else ""
        trail = " " if text[-1:].isspace() else ""
        href = href.replace("|", "%7C").replace("\\", "%5C").replace("`", "%60")
        return f"{lead}[{words}]({href}){trail}"

    def convert_s(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write words that are struck through; our Markdown has only HTML for it."""
        return f"<del>{text}</del>" if text.strip() else text

    def convert_footnoteref(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write the mark of a footnote."""
        number = str(el.get("data-number") or "0")
        return f"[^{number}]" if number != "0" else ""


def _escaped(found: "re.Match[str]") -> str:
    start, mark = found[1], found[2]
    if mark in "~=:":  # our Markdown knows no way to escape these
        return f"{start}&#{ord(mark)};"
    return f"{start}\\{mark}"


def _as_block(element: Tag) -> str:
    """Return an element's HTML; what stands in a line of its own gets a paragraph."""
    return f"<p>{element}</p>" if element.name in ("img", "footnoteref") else str(element)
