"""Markdown as plain paragraphs under their headings, for what is printed on one page."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from app.domain.handouts import Block, HandoutPart
from app.formats.html_tree import lines_of, text_of, to_tree
from app.formats.markdown import render_markdown

LISTS = frozenset({"ul", "ol"})
SECTION = "h2"
LOWER = frozenset({"h3", "h4", "h5", "h6"})
TABLE = "(There is a table here: see the full resource.)"


def parts_of(markdown: str, title: str = "") -> tuple[HandoutPart, ...]:
    """Return the sections of a body, each with its paragraphs and items as plain words.

    Pictures fall away, a table is a sentence that there is one, footnotes stay in the resource.
    """
    root = to_tree(str(render_markdown(markdown, title=title).html))
    parts = [HandoutPart("", "", ())]
    blocks: list[Block] = []
    for element in root:
        if element.tag == SECTION:
            parts[-1] = HandoutPart(parts[-1].id, parts[-1].heading, tuple(blocks))
            parts.append(HandoutPart(element.get("id", ""), text_of(element), ()))
            blocks = []
        else:
            blocks += _blocks(element)
    parts[-1] = HandoutPart(parts[-1].id, parts[-1].heading, tuple(blocks))
    return tuple(part for part in parts if part.heading or part.blocks)


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """Return all paragraphs and items of some Markdown, whatever headings it has."""
    return tuple(
        block
        for part in parts_of(markdown)
        for block in (*((Block(part.heading),) if part.heading else ()), *part.blocks)
    )


def _blocks(element: ET.Element) -> Iterator[Block]:
    if element.tag in LISTS:
        for item in element:
            yield from (Block(line, is_item=True) for line in lines_of(item).split("\n") if line)
    elif element.get("role") == "doc-endnotes" or element.tag == "hr":
        return
    elif element.get("class") == "table-scroll":
        yield Block(TABLE)
    elif element.tag in LOWER:
        yield Block(f"{text_of(element)}:")
    elif _is_only_a_picture(element):
        return
    else:
        yield from (Block(line) for line in lines_of(element).split("\n") if line)


def _is_only_a_picture(element: ET.Element) -> bool:
    """Say whether a paragraph holds a picture and nothing else; here none is shown."""
    children = list(element)
    words = (element.text or "") + "".join(child.tail or "" for child in children)
    is_picture = [
        child.tag == "img" or child.get("class") == "missing-picture" for child in children
    ]
    return bool(children) and all(is_picture) and not words.strip()
