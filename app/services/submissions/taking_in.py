"""Make a draft of a Word, PDF or Markdown file that was read, and keep everything of it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PureWindowsPath

from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.people import Actor
from app.domain.resources import SUMMARY_LIMIT_WORDS, TITLE_LIMIT, Kind
from app.domain.sections import SECTIONS
from app.formats.intake import Intake
from app.formats.intake.sections import place
from app.formats.markdown import plain_text
from app.formats.picture_references import with_references
from app.formats.pictures import PICTURES
from app.models.pictures import Picture
from app.models.resources import Revision
from app.models.submissions import Original
from app.services.keeping import keep_picture
from app.services.moving import read_revision
from app.services.submissions.changing import (
    count_version,
    hold_draft,
    renew_version,
    set_words,
    words_of,
)
from app.services.submissions.draft_fields import OTHER, section_field
from app.services.submissions.drafts import start
from app.services.submissions.pictures import forget_unshown
from app.services.submissions.reports import Report, WaitingPiece, read_report, write_report
from app.services.submissions.tidying import cleaned, one_line

FILE_NAME_LIMIT = 200  # characters
LATER, LEAVE_OUT = "later", "leave-out"  # what may become of a piece, besides a section's code
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent, and what was read in it before the database was locked."""

    name: str
    data: bytes
    intake: Intake
    picture_limit_mb: int = 2


def take_in_file(session: Session, actor: Actor, sent: SentFile, kind: Kind) -> Revision:
    """Return a new draft that says what the file says; what fits no section waits in its report.

    Raises:
        NotAllowed: the actor may write no drafts, or belongs nowhere.
    """
    revision = start(session, actor, kind)
    revision.title = one_line(sent.intake.title)[:TITLE_LIMIT].rstrip()
    filled = _fill(session, actor, revision, sent)
    first = next((words for words in filled.values() if words.strip()), "")
    revision.summary = first_sentences(plain_text(PICTURE.sub("", first)))
    renew_version(session, revision)
    return revision


def take_in_more(session: Session, actor: Actor, revision_id: int, sent: SentFile) -> Revision:
    """Return the draft with what another file says behind the words of each section.

    Raises:
        NotFound: there is none, or it is not for this actor.
        NotAllowed: the actor may not write it.
        WrongState: it is not being written now.
    """
    revision = hold_draft(session, actor, revision_id)
    _fill(session, actor, revision, sent)
    count_version(session, actor, revision)
    return revision


def find_originals(
    session: Session, actor: Actor, revision_id: int
) -> list[tuple[Original, Report]]:
    """Return the files that a draft was taken in from, oldest first, each with its report.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
    """
    revision = read_revision(session, actor, revision_id)
    return [(original, read_report(original)) for original in revision.originals]


def put_pieces(
    session: Session,
    actor: Actor,
    revision_id: int,
    original_id: int,
    choices: Mapping[int, str],
) -> Revision:
    """Put waiting pieces, by number, behind the words of the sections chosen, or leave them out.

    A piece that is not chosen, or is for later, goes on waiting: nothing is lost by itself.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        NotAllowed: the actor may not write it.
        WrongState: it is not being written now.
        InvalidInput: there is no such section.
    """
    revision = hold_draft(session, actor, revision_id)
    original = next((o for o in revision.originals if o.id == original_id), None)
    if original is None:
        raise InvalidInput("There is no such file with this draft.")
    report = read_report(original)
    words = words_of(revision)
    codes = {section.code for section in SECTIONS[revision.resource.kind]}
    places = {OTHER: OTHER} | {code: section_field(code) for code in codes}
    waiting: list[WaitingPiece] = []
    for piece in report.waiting:
        choice = choices.get(piece.number, LATER)
        if choice == LATER:
            waiting.append(piece)
        elif choice in places:
            field = places[choice]
            words[field] = _behind(words[field], piece.words)
        elif choice != LEAVE_OUT:
            raise InvalidInput("Choose a section for each piece, or leave it for later.")
    set_words(revision, words)
    write_report(original, replace(report, waiting=tuple(waiting)))
    forget_unshown(session, revision)
    count_version(session, actor, revision)
    return revision


def first_sentences(text: str) -> str:
    """Return whole sentences from the beginning, up to the length of a summary."""
    kept: list[str] = []
    for sentence in SENTENCE.split(" ".join(text.split())):
        if len(" ".join([*kept, sentence]).split()) > SUMMARY_LIMIT_WORDS:
            break
        kept.append(sentence)
    return " ".join(kept)


def _fill(session: Session, actor: Actor, revision: Revision, sent: SentFile) -> Mapping[str, str]:
    """Put the file's pieces behind the draft's words and keep the original; return what came."""
    pictures, moved = _keep_pictures(session, sent)
    placed = place(sent.intake.pieces, revision.resource.kind)
    sections = {
        code: cleaned(with_references(text, moved)) for code, text in placed.sections.items()
    }
    words = words_of(revision)
    for code, text in sections.items():
        words[section_field(code)] = _behind(words[section_field(code)], text)
    set_words(revision, words)
    revision.pictures = list(dict.fromkeys([*revision.pictures, *pictures]))
    waiting = tuple(
        WaitingPiece(
            number,
            one_line(piece.heading),
            cleaned(with_references(piece.body, moved)),
            piece.suggested,
        )
        for number, piece in enumerate(placed.unplaced, 1)
    )
    report = Report(tuple(sections), len(pictures), sent.intake.notes, waiting, sent.intake.authors)
    _keep_original(session, actor, revision, sent, report)
    return sections


def _keep_pictures(session: Session, sent: SentFile) -> tuple[Sequence[Picture], Mapping[str, str]]:
    """Return the file's pictures, and where the words must point instead of where they do."""
    kept: list[Picture] = []
    moved: dict[str, str] = {}
    for taken in sent.intake.pictures:
        picture = keep_picture(session, taken.name, taken.data, sent.picture_limit_mb)
        kept.append(picture)
        if picture.name != taken.name:
            moved[PICTURES + taken.name] = PICTURES + picture.name
    return kept, moved


def _keep_original(
    session: Session, actor: Actor, revision: Revision, sent: SentFile, report: Report
) -> None:
    name = one_line(PureWindowsPath(sent.name).name) or "file"
    original = Original(
        person_id=actor.id,
        file_name=name[-FILE_NAME_LIMIT:],
        sha256=hashlib.sha256(sent.data).hexdigest(),
        size=len(sent.data),
        data=sent.data,
    )
    write_report(original, report)
    revision.originals.append(original)
    session.flush()


def _behind(words: str, more: str) -> str:
    return "\n\n".join(filter(None, (words.strip("\n"), more.strip("\n"))))
