"""Read Markdown and plain text: letters of any common writing, taken apart at the headings."""

import codecs
import re
import unicodedata

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.kinds import TAKEN, title_from
from app.formats.intake.notes import Notebook
from app.formats.intake.section_words import names_a_section
from app.formats.intake.values import Intake, IntakeLimits, Piece
from app.formats.knots import is_knotted
from app.formats.sizes import MEBIBYTE

ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\(\s*([^)\s]{1,500})|<img\s[^>\n]{0,500}")
MARKS = re.compile(r"[*_`]{1,3}|\\(?=[\\`*_\[\]#])")
LONGEST_LINE = 1000  # characters of a line that may be a heading
MOST_ODD = 0.05  # of all letters that may be none in a text
ONLY_BYTES = f"There is no text that can be read in this file. {TAKEN}"
MARKS_OF_ORDER = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_plain(name: str, data: bytes, limits: IntakeLimits) -> Intake:
    """Return what a Markdown or plain text file holds.

    Raises:
        TooLarge: there is too much text.
        InvalidInput: it is no text, or knotted beyond reading.
    """
    notebook = Notebook()
    text = _text(data, notebook)
    if len(text) > limits.text_mb * MEBIBYTE:
        raise TooLarge(
            f"There is far too much text for one resource: the limit is {limits.text_mb} MB. "
            "Divide it and try again."
        )
    text = _printable(text, notebook)
    title, text = _apart_from_front_matter(text, notebook)
    if is_knotted(text):
        raise InvalidInput(
            "The text has far more brackets or marks in one paragraph than Markdown can sort out: "
            "take them out and try again."
        )
    pieces = _pieces(text)
    if not any(piece.body.strip() for piece in pieces):
        raise InvalidInput("There is no text in this file: choose the one with your text in it.")
    title = title or _take_title(pieces) or title_from(name)
    notebook.near = ""
    notebook.jot("picture-named", len(set(PICTURE.findall(text))))
    return Intake(title[:300] or "Untitled", tuple(pieces), notes=notebook.notes())


def _text(data: bytes, notebook: Notebook) -> str:
    for mark, encoding in MARKS_OF_ORDER.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise InvalidInput(ONLY_BYTES) from None
    if b"\0" in data:
        raise InvalidInput(ONLY_BYTES)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if _oddness(text) > MOST_ODD:
        raise InvalidInput(ONLY_BYTES)
    notebook.jot("encoding")
    return text


def _oddness(text: str) -> float:
    """Return which share of the letters stands in no text."""
    return sum(1 for letter in text if _is_odd(letter)) / max(len(text), 1)


def _is_odd(letter: str) -> bool:
    return letter == "\ufffd" or (unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f")


def _printable(text: str, notebook: Notebook) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if _oddness(text) > MOST_ODD:
        raise InvalidInput(ONLY_BYTES)
    kept = "".join(letter for letter in text if letter != "\0" and not _is_control(letter))
    notebook.jot("control-characters", len(text) - len(kept))
    return kept


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n"


def _apart_from_front_matter(text: str, notebook: Notebook) -> tuple[str, str]:
    """Return the title that front matter says, and the text below it."""
    if not text.startswith("---"):
        return "", text
    from app.formats.front_matter import read_front_matter  # noqa: PLC0415 - heavy

    try:
        read = read_front_matter(text.encode())
    except InvalidInput as error:
        raise InvalidInput(f"The block of settings at the top cannot be read. {error}") from None
    if not read.values:
        return "", text
    notebook.jot("front-matter")
    title = read.values.get("title")
    return (" ".join(title.split()) if isinstance(title, str) else ""), read.body


def _pieces(text: str) -> list[Piece]:
    pieces: list[tuple[str, int, list[str]]] = [("", 0, [])]
    fence = ""
    for line in text.split("\n"):
        body = pieces[-1][2]
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            body.append(line)
            continue
        fence = mark[1] if mark else ""
        heading, level = _heading(line, body)
        if level:
            pieces.append((heading, level, []))
        else:
            body.append(line)
    made = [Piece(heading, level, _body(lines)) for heading, level, lines in pieces]
    return [piece for piece in made if piece.level or piece.body]


def _heading(line: str, before: list[str]) -> tuple[str, int]:
    """Return the words and level of a heading that a line is or underlines; level 0 for none."""
    if len(line) > LONGEST_LINE:
        return "", 0
    atx = ATX.fullmatch(line)
    if atx and atx[2]:
        return _bare(atx[2]), len(atx[1])
    is_alone = len(before) == 1 or (len(before) > 1 and not before[-2].strip())
    line_above = before[-1] if before and is_alone else ""
    underline = UNDERLINE.fullmatch(line)
    is_words = line_above[:1].isalnum() and "|" not in line_above and len(line_above) < LONGEST_LINE
    if underline and is_words:
        before.pop()
        return _bare(line_above), 1 if underline[1][0] == "=" else 2
    return "", 0


def _bare(words: str) -> str:
    return " ".join(MARKS.sub("", words).split())[:1000].rstrip(":") or "…"


def _body(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() if not line.endswith("  ") else line for line in lines)
    text = text.strip("\n")
    return text + "\n" if text.strip() else ""


def _take_title(pieces: list[Piece]) -> str:
    """Take the first heading for the title, where it is the highest and names no section."""
    first = next((index for index, piece in enumerate(pieces) if piece.level), None)
    if first is None or pieces[first].level != 1 or names_a_section(pieces[first].heading):
        return ""
    title = pieces[first].heading
    bodies = [piece.body for piece in pieces[: first + 1] if piece.body]
    pieces[: first + 1] = [Piece("", 0, "\n".join(bodies))] if bodies else []
    return title
