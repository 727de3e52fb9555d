"""Find the first heading of a Markdown text, to call the text by."""

import re

from app.formats.markdown import plain_text

ATX = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
LONGEST = 1000  # characters of a line that may be a heading


def first_heading(body: str) -> str:
    """Return the words of the first heading of any level, without marks; "" where there is none.

    Lines inside fenced code are no headings.
    """
    fence, before = "", ""
    for line in body.split("\n"):
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            continue
        if mark:
            fence = mark[1]
        words = _heading(line[:LONGEST], before[:LONGEST])
        if words:
            return words
        before = "" if mark else line
    return ""


def _heading(line: str, before: str) -> str:
    atx = ATX.fullmatch(line)
    if atx:
        return _bare(atx[1])
    if before.strip() and UNDERLINE.fullmatch(line):
        return _bare(before)
    return ""


def _bare(words: str) -> str:
    return " ".join(plain_text(words).split())
