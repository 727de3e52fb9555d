"""The pictures of a draft: each with a text for those who do not see it."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.errors import InvalidInput, NotFound, TooLarge
from app.domain.people import Actor
from app.domain.sections import SECTIONS
from app.formats.picture_cleaning import clean_picture
from app.formats.picture_references import own_references
from app.formats.pictures import PICTURES, NotAPicture
from app.models.pictures import Picture, revision_pictures
from app.models.resources import Revision
from app.services.keeping import keep_picture
from app.services.moving import read_revision
from app.services.submissions.changing import count_version, hold_draft, set_words, words_of
from app.services.submissions.draft_fields import section_field
from app.services.submissions.reports import read_report
from app.services.submissions.tidying import one_line

NO_PICTURE = "There is no such picture with this draft."
ALT_LIMIT = 300  # characters
SHORTEST_ALT = 5  # characters: a word or two, not “x”
MOST_PICTURES = 40  # to one draft
SHOWS = r"!\[(?P<alt>(?:\\.|[^\]\\])*)\]\(pictures/{name}(?P<title>(?:\s+\"[^\"]*\")?)\)"


@dataclass(frozen=True)
class ShownPicture:
    """A picture of a draft, the text that stands for it, and whether the draft shows it."""

    name: str
    alt: str
    is_shown: bool

    @property
    def markdown(self) -> str:
        """What shows it, to be put anywhere in the text."""
        return markdown_of(self.name, self.alt)


def markdown_of(name: str, alt: str) -> str:
    """Return the Markdown that shows a picture."""
    return f"![{_escaped(alt)}]({PICTURES}{name})"


def find_pictures(revision: Revision) -> list[ShownPicture]:
    """Return the pictures of a draft, those that it shows first, in the order of their names."""
    held = [
        ShownPicture(picture.name, _alt_of(revision.body_markdown, picture.name), is_shown)
        for picture in revision.pictures
        for is_shown in [picture.name in _names_in(revision.body_markdown)]
    ]
    return sorted(held, key=lambda shown: (not shown.is_shown, shown.name))


def read_draft_picture(session: Session, actor: Actor, revision_id: int, name: str) -> Picture:
    """Return a picture of a draft with its bytes.

    Raises:
        NotFound: there is none, or the draft is not for this actor.
    """
    revision = read_revision(session, actor, revision_id)
    if name not in {picture.name for picture in revision.pictures}:
        raise NotFound(NO_PICTURE)
    return session.scalars(
        select(Picture).where(Picture.name == name).options(undefer(Picture.data))
    ).one()


def add_picture(
    session: Session,
    actor: Actor,
    revision_id: int,
    *,
    file_name: str,
    data: bytes,
    alt: str,
    section: str,
    limit_mb: int,
) -> ShownPicture:
    """Keep a picture, cleaned, and show it at the end of a section; "" shows it nowhere yet.

    `data` has passed `clean`.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        WrongState: it is not being written now.
        InvalidInput: the text for it is missing or too long, or there is no such section.
        TooLarge: it stays over the limit.
    """
    revision = hold_draft(session, actor, revision_id)
    said = _checked_alt(alt)
    if len(revision.pictures) >= MOST_PICTURES:
        raise InvalidInput(f"A draft may have {MOST_PICTURES} pictures: remove one first.")
    picture = _keep(session, file_name, data, limit_mb)
    if picture not in revision.pictures:
        revision.pictures.append(picture)
    if section:
        words = words_of(revision)
        if section not in {held.code for held in SECTIONS[revision.resource.kind]}:
            raise InvalidInput("There is no such section.")
        shown = markdown_of(picture.name, said)
        field = section_field(section)
        words[field] = f"{words[field]}\n\n{shown}".strip("\n")
        set_words(revision, words)
    count_version(session, actor, revision)
    return ShownPicture(picture.name, said, bool(section))


def clean(data: bytes, upload_limit_mb: int) -> bytes:
    """Return a picture without anything hidden in it; needs no database.

    Raises:
        InvalidInput: it cannot be taken; the sentence says why.
    """
    try:
        return clean_picture(data, upload_limit_mb)
    except (NotAPicture, TooLarge) as refusal:
        raise type(refusal)(f"The picture is not taken: {refusal}.") from None


def describe_picture(session: Session, actor: Actor, revision_id: int, name: str, alt: str) -> None:
    """Change the text that stands for a picture, wherever the draft shows it.

    Raises:
        NotFound: there is no such picture, or the draft is not for this actor.
        WrongState: it is not being written now.
        InvalidInput: the text is missing or too long, or the draft does not show the picture.
    """
    revision = hold_draft(session, actor, revision_id)
    _held(revision, name)
    said = _escaped(_checked_alt(alt))
    pattern = re.compile(SHOWS.format(name=re.escape(name)))
    body, count = pattern.subn(
        lambda found: f"![{said}]({PICTURES}{name}{found['title']})", revision.body_markdown
    )
    if not count:
        raise InvalidInput("The text does not show this picture: put it in first.")
    revision.body_markdown = body
    count_version(session, actor, revision)


def remove_picture(session: Session, actor: Actor, revision_id: int, name: str) -> None:
    """Take a picture off a draft and out of its words; its bytes go when nobody else has it.

    Raises:
        NotFound: there is no such picture, or the draft is not for this actor.
        WrongState: it is not being written now.
    """
    revision = hold_draft(session, actor, revision_id)
    picture = _held(revision, name)
    shows = re.compile(SHOWS.format(name=re.escape(name)))
    words = {code: shows.sub("", text) for code, text in words_of(revision).items()}
    set_words(revision, words)
    revision.pictures.remove(picture)
    _forget(session, picture)
    count_version(session, actor, revision)


def forget_unshown(session: Session, revision: Revision) -> None:
    """Take off the pictures that neither the draft nor a piece still waiting shows.

    What nobody sees must not be published with the rest. Safe to repeat.
    """
    waiting = [p.body for o in revision.originals for p in read_report(o).waiting]
    shown = set().union(*map(_names_in, [revision.body_markdown, *waiting]))
    for picture in [held for held in revision.pictures if held.name not in shown]:
        revision.pictures.remove(picture)
        _forget(session, picture)


def forget_pictures(session: Session, revision: Revision) -> None:
    """Take every picture off a draft that is thrown away; safe to repeat."""
    for picture in list(revision.pictures):
        revision.pictures.remove(picture)
        _forget(session, picture)


def _keep(session: Session, file_name: str, data: bytes, limit_mb: int) -> Picture:
    try:
        return keep_picture(session, file_name, data, limit_mb)
    except (NotAPicture, TooLarge) as refusal:
        raise type(refusal)(f"The picture is not taken: {refusal}.") from None


def _forget(session: Session, picture: Picture) -> None:
    session.flush()
    held = select(revision_pictures.c.revision_id).where(
        revision_pictures.c.picture_name == picture.name
    )
    if session.scalars(held).first() is None:
        session.delete(picture)
        session.flush()


def _held(revision: Revision, name: str) -> Picture:
    for picture in revision.pictures:
        if picture.name == name:
            return picture
    raise NotFound(NO_PICTURE)


def _checked_alt(alt: str) -> str:
    said = one_line(alt)
    if len(said) < SHORTEST_ALT:
        raise InvalidInput("Say what the picture shows, for people who do not see it.")
    if len(said) > ALT_LIMIT:
        raise InvalidInput(f"Say what the picture shows in {ALT_LIMIT} characters at most.")
    return said


def _escaped(alt: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", alt)


def _alt_of(body: str, name: str) -> str:
    found = re.search(SHOWS.format(name=re.escape(name)), body)
    return re.sub(r"\\([\\\[\]])", r"\1", found["alt"]) if found else ""


def _names_in(text: str) -> set[str]:
    return {reference.removeprefix(PICTURES) for reference in own_references(text)}
