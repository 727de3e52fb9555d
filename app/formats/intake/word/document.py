"""Read a Word file: the order of the work, from bytes to an Intake."""

from pathlib import PurePosixPath
from typing import Any

from app.domain.errors import InvalidInput
from app.formats.intake.kinds import title_from
from app.formats.intake.notes import Notebook
from app.formats.intake.pictures_taken import PictureCase
from app.formats.intake.section_words import names_a_section
from app.formats.intake.values import MOST_AUTHORS, Intake, IntakeLimits, Piece
from app.formats.intake.word.body import Body
from app.formats.intake.word.clean_file import MAIN, NOTES, new_part, write_clean_file
from app.formats.intake.word.names import child, descend, full, value
from app.formats.intake.word.package import Package
from app.formats.intake.word.pieces import to_pieces
from app.formats.intake.word.reading import Place, Reading
from app.formats.intake.word.relations import Relation, find_target, read_relations
from app.formats.intake.word.styles import Lists, Styles
from app.formats.intake.word.surroundings import look_around
from app.formats.intake.word.xml_parts import Element, XmlGuard

NOT_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
NO_TEXT = "There is no text in this document: choose the one with your text in it."


def read_word(name: str, data: bytes, limits: IntakeLimits) -> Intake:
    """Return what a Word file holds.

    Raises:
        TooLarge: it is over a limit.
        InvalidInput: it is damaged, harmful or holds no text.
    """
    package, guard = Package(data, limits), XmlGuard(limits)
    main = find_target(read_relations(package, guard, ""), "officeDocument") or MAIN
    if not package.has(main):
        raise InvalidInput(
            "There is no Word text in this file: open it in Word, save it as .docx and try again."
        )
    relations = read_relations(package, guard, main)
    reading = _begin(package, guard, limits, relations)
    body = _copy_body(reading, guard.parse(package.read(main)), relations)
    notes = {kind: _copy_notes(reading, kind, relations) for kind in NOTES}
    look_around(reading, main, relations)
    html = _to_html(reading, body, notes)
    pieces = to_pieces(html, reading.notebook, limits)
    return _finish(name, reading, pieces)


def _begin(
    package: Package, guard: XmlGuard, limits: IntakeLimits, relations: dict[str, Relation]
) -> Reading:
    notebook = Notebook()
    styles = Styles(_part(package, guard, find_target(relations, "styles")))
    lists = Lists(_part(package, guard, find_target(relations, "numbering")), styles)
    case = PictureCase(limits, notebook)
    return Reading(package, guard, styles, lists, notebook, case, limits)


def _part(package: Package, guard: XmlGuard, name: str) -> Element | None:
    return guard.parse(package.read(name)) if package.has(name) else None


def _copy_body(reading: Reading, root: Element, relations: dict[str, Relation]) -> Element:
    body, source = new_part("w:body"), child(root, "w:body")
    if source is None:
        raise InvalidInput(NO_TEXT)
    Body(Place(reading, relations)).copy(source, body)
    # A paragraph whose end was deleted is joined with the next: there must be one.
    body.append(new_part("w:p"))
    return body


def _copy_notes(reading: Reading, kind: str, relations: dict[str, Relation]) -> Element:
    """Return the footnotes or endnotes, copied; a mark without its note gets an empty one."""
    copied, one = new_part(f"w:{kind}"), kind.removesuffix("s")
    name = find_target(relations, kind)
    root = _part(reading.package, reading.guard, name)
    if root is None:
        return copied
    own = read_relations(reading.package, reading.guard, name)
    reading.notebook.near = kind.capitalize()
    for note in descend(root, f"w:{one}"):
        if value(note, "w:type") not in NOT_NOTES:
            said = {full("w:id"): value(note, "w:id")}
            holder = new_part(f"w:{one}")
            holder.attrib.update(said)
            Body(Place(reading, own, in_note=True)).copy(note, holder)
            copied.append(holder)
    return copied


def _to_html(reading: Reading, body: Element, notes: dict[str, Element]) -> str:
    import mammoth  # noqa: PLC0415 - heavy

    _drop_marks_without_notes(body, notes)

    def shown(image: Any) -> dict[str, str]:
        with image.open() as part:
            return {"src": f"pictures/{part.read().decode('ascii')}"}

    result = mammoth.convert_to_html(
        write_clean_file(reading, body, notes),
        style_map="p[style-name='Quote'] => blockquote > p:fresh",
        convert_image=mammoth.images.img_element(shown),
        include_embedded_style_map=False,
        external_file_access=False,
    )
    return str(result.value)


def _drop_marks_without_notes(body: Element, notes: dict[str, Element]) -> None:
    for kind, root in notes.items():
        there = {value(note, "w:id") for note in root}
        one = kind.removesuffix("s")
        for mark in list(descend(body, f"w:{one}Reference")):
            if value(mark, "w:id") not in there:
                mark.getparent().remove(mark)


def _finish(name: str, reading: Reading, pieces: list[Piece]) -> Intake:
    title = reading.title or _take_title(pieces) or title_from(name) or PurePosixPath(name).name
    if not any(piece.body.strip() for piece in pieces):
        raise InvalidInput(NO_TEXT)
    return Intake(
        title=title[:300],
        pieces=tuple(pieces),
        pictures=reading.case.pictures,
        notes=reading.notebook.notes(),
        authors=tuple(reading.authors)[:MOST_AUTHORS],
    )


def _take_title(pieces: list[Piece]) -> str:
    """Take the first heading of the highest level for the title, unless it names a section.

    What stands below it stays, as what stands before the first heading.
    """
    first = next((index for index, piece in enumerate(pieces) if piece.level == 1), None)
    if first is None or names_a_section(pieces[first].heading):
        return ""
    if any(piece.level for piece in pieces[:first]):
        return ""
    title = pieces[first].heading
    before = [piece.body for piece in pieces[:first] if not piece.level]
    body = "\n".join(text for text in [*before, pieces[first].body] if text)
    pieces[: first + 1] = [Piece("", 0, body)] if body else []
    return title
