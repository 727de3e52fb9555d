"""What our Markdown understands besides: tick-lists, fenced divs, pandoc's picture notes."""

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

# ::: discussion opens a part, ::: closes it (pandoc, the Carpentries' lessons).
FENCE = re.compile(r"^ {0,3}:{3,}\s*\{?\.?([\w][\w .#=-]*)?\}?\s*:*\s*$")
# {alt='what it shows' width="600px"} after a picture.
PICTURE_NOTE = re.compile(r"^\s*\{([^{}\n]*)\}")
ALTERNATIVE = re.compile(r"""\balt=(?:'([^']*)'|"([^"]*)"|“([^”]*)”)""")
LONGEST_FENCE = 200  # characters; the pattern is slow on a long line of spaces
TICK = re.compile(r"^\s*\[([ xX])\]\s+")

# Behind fenced code (25), so that a program's colons stay; before raw HTML (20).
AFTER_FENCED_CODE = 22
# Behind the inline patterns (20), when pictures are elements.
AFTER_INLINE = 15


class _FencedDivs(Preprocessor):
    """Turn the line that opens a fenced div into its name, and drop the one that closes it."""

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        for line in lines:
            fence = FENCE.match(line) if len(line) <= LONGEST_FENCE else None
            if fence is None:
                kept.append(line)
                continue
            name = (fence[1] or "").strip(" .#=-").replace("-", " ")
            kept += ["", f"**{name.capitalize()}**", ""] if name else ["", ""]
        return kept


class _PictureNotes(Treeprocessor):
    """Take the alternative text from the note behind a picture, and the note from the text."""

    def run(self, root: ET.Element) -> None:
        for picture in root.iter("img"):
            note = PICTURE_NOTE.match(picture.tail or "")
            if note is None or picture.tail is None:
                continue
            picture.tail = picture.tail[note.end() :]
            alternative = ALTERNATIVE.search(note[1])
            if alternative:
                self._rename(picture, next(filter(None, alternative.groups()), ""))

    def _rename(self, picture: ET.Element, alternative: str) -> None:
        caption = picture.get("alt", "")
        picture.set("alt", alternative)
        # The words in the brackets were a caption then; they stay in sight.
        if caption:
            picture.tail = f" {caption}{picture.tail or ''}"


class _TickLists(Treeprocessor):
    """Show [ ] and [x] at the head of a list item as a box."""

    def run(self, root: ET.Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and _is_bare(item) else item
            tick = TICK.match(holder.text or "")
            if tick is None or holder.text is None:
                continue
            is_done = tick[1] != " "
            box = ET.Element("span", {"class": "tick", "role": "img"})
            box.set("aria-label", "Done" if is_done else "To do")
            box.text = "☑" if is_done else "☐"
            box.tail = " " + holder.text[tick.end() :]
            holder.text = ""
            holder.insert(0, box)


def _is_bare(item: ET.Element) -> bool:
    return not (item.text or "").strip()


class Dialect(Extension):
    """The three of them, as one extension of Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register each at its place in Python-Markdown's order of work."""
        md.preprocessors.register(_FencedDivs(md), "fenced_divs", AFTER_FENCED_CODE)
        md.treeprocessors.register(_PictureNotes(md), "picture_notes", AFTER_INLINE)
        md.treeprocessors.register(_TickLists(md), "tick_lists", AFTER_INLINE - 1)
