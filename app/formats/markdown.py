"""Markdown as safe HTML and as plain text: the one place that makes Markup, after the guard."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import nh3
from markdown import Markdown
from markupsafe import Markup

from app.formats.html_tree import lines_of, to_html, to_tree
from app.formats.knots import is_knotted
from app.formats.markdown_dialect import Dialect
from app.formats.page_body import HEADINGS, PageBody, PictureUrl, Section

EXTENSIONS = ("tables", "footnotes", "sane_lists", "def_list", "fenced_code")
SETTINGS: Mapping[str, Mapping[str, object]] = {
    "tables": {"use_align_attribute": True},
    "footnotes": {"BACKLINK_TITLE": "Back to footnote {} in the text"},
}
NOTES_KEPT = 4096  # rendered notes: a page of sixty is asked for again and again
SCHEMES = {"http", "https", "mailto"}
URL = re.compile(r"\b(?:https?://|www\.)[^\s<>]+")

ALLOWED_TAGS = """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strong sub summary sup table tbody td tfoot th thead tr u ul var
"""
TAGS = set(ALLOWED_TAGS.split())
# What an author may say.
WRITTEN: Mapping[str, set[str]] = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
WRITTEN_CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote"},
    "span": {"tick"},
}
# What the tick-lists of the dialect say besides.
WRITTEN_VALUES = {"span": {"role": {"img"}, "aria-label": {"Done", "To do"}}}
# What may stand on a page when the body has been made to fit.
SHOWN: Mapping[str, set[str]] = {
    **WRITTEN,
    "*": {"id", "lang", "dir", "class", "role", "tabindex", "aria-label"},
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
}


class Knotted(Exception):
    """The Markdown would take far too long to read."""


@dataclass(frozen=True)
class Rendered:
    """A body as it stands on a page, and its headings in order."""

    html: Markup
    sections: tuple[Section, ...]


def no_pictures(_: str) -> str | None:
    """Know no picture: each becomes a note of what it shows."""
    return None


def render_markdown(text: str, picture_url: PictureUrl = no_pictures, title: str = "") -> Rendered:
    """Return the Markdown as HTML that is safe to show.

    `picture_url` gives the URL of one of our own pictures by the name in
    `pictures/<name>`; every other picture becomes a link or a note, so that a
    reader's browser asks no other host. Headings begin at level 2, and a first
    one that only repeats `title` is left out.
    """
    body = PageBody(picture_url)
    try:
        tree = to_tree(_sanitised(text))
        body.fit(tree, title)
        html = to_html(tree)
    except (RecursionError, Knotted):
        # Nobody wrote that for reading. Show it as it was typed.
        return Rendered(_markup(f"<pre>{escape(text)}</pre>", set()), ())
    return Rendered(_markup(html, body.shown), tuple(body.sections))


@lru_cache(NOTES_KEPT)
def render_note(text: str) -> Markup:
    """Return a short Markdown text as safe HTML, to stand among many on one page.

    It has no headings of its own, no ids and no pictures, so that it disturbs no other.
    """
    body = PageBody(no_pictures)
    try:
        tree = to_tree(_sanitised(text))
        body.fit(tree, "")
        for element in tree.iter():
            element.attrib.pop("id", None)
            if element.tag in HEADINGS:
                element.tag = "p"
            if element.get("href", "").startswith("#"):
                element.tag = "span"
                element.attrib.clear()
        html = to_html(tree)
    except (RecursionError, Knotted):
        html = f"<pre>{escape(text)}</pre>"
    return _markup(html, set())


def plain_text(text: str) -> str:
    """Return the words of the Markdown without marks and URLs, a line to each block."""
    try:
        words = lines_of(to_tree(_sanitised(text)))
    except (RecursionError, Knotted):
        words = text
    lines = (" ".join(URL.sub(" ", line).split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def picture_sources(text: str) -> list[str]:
    """Return the address of every picture that the Markdown shows, in order."""
    try:
        return [picture.get("src", "") for picture in to_tree(_sanitised(text)).iter("img")]
    except (RecursionError, Knotted):
        return []  # shown as it was typed: there are no pictures then


def pictures_without_words(text: str) -> list[str]:
    """Return the address of every picture that has no words for those who do not see it."""
    try:
        pictures = to_tree(_sanitised(text)).iter("img")
    except (RecursionError, Knotted):
        return []  # shown as it was typed: there are no pictures then
    return [shown.get("src", "") for shown in pictures if not shown.get("alt", "").strip()]


def _sanitised(text: str) -> str:
    """Return the Markdown as HTML that has passed the guard.

    Raises:
        Knotted: it is knotted beyond reading.
        RecursionError: it is nested a thousand deep.
    """
    if is_knotted(text):
        raise Knotted
    markdown = Markdown(extensions=[*EXTENSIONS, Dialect()], extension_configs=SETTINGS)
    return nh3.clean(
        markdown.convert(text),
        tags=TAGS,
        attributes=dict(WRITTEN),
        allowed_classes=WRITTEN_CLASSES,
        tag_attribute_values=WRITTEN_VALUES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _markup(html: str, pictures: set[str]) -> Markup:
    """Return the HTML as Markup when the guard has seen it; it shows these pictures only."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        is_foreign = tag == "img" and attribute == "src" and value not in pictures
        return None if is_foreign else value

    safe = nh3.clean(
        html,
        tags=TAGS | {"section"},
        attributes=dict(SHOWN),
        attribute_filter=keep,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return Markup(safe)  # noqa: S704 - made here only, behind the guard
