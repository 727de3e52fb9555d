"""The pupil-privacy gate: what may point to a pupil, where it stands, and what was answered."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.people import Actor
from app.domain.privacy import Finding, Surroundings, find_risks
from app.domain.resources import LABEL_LIMIT, TITLE_LIMIT
from app.domain.sections import SECTIONS
from app.domain.taxonomy import fold
from app.models.resources import Revision
from app.models.schools import School
from app.models.submissions import PrivacyAnswer
from app.services.known_places import known_places
from app.services.submissions.changing import count_version, hold_draft
from app.services.submissions.draft_fields import LEAD, OTHER, section_field
from app.services.submissions.reports import authors_of
from app.services.submissions.tidying import one_line

SHORTEST_REASON, LONGEST_REASON = 10, 500  # characters
CONTEXT = 120  # characters of its paragraph before and behind, cut at a word
TAG_LIMIT = 100  # characters
BODY = "body_markdown"
HEADING = re.compile(r"^##?[ \t]+(.+)$", re.MULTILINE)
GONE = "These words are no longer in the draft. Look again."


@dataclass(frozen=True)
class Field:
    """A text of a draft, and how to write another in its place."""

    name: str  # as the form calls it
    label: str
    text: str
    write: Callable[[str], None] | None = None  # None: it cannot be changed here
    limit: int = 0  # characters; 0: none


@dataclass(frozen=True)
class PlacedFinding:
    """A finding where it stands, with what was answered."""

    finding: Finding
    field: Field
    before: str  # the words around it
    after: str
    answer: PrivacyAnswer | None

    @property
    def is_open(self) -> bool:
        """Whether it still keeps the draft from being submitted."""
        return self.answer is None

    @property
    def may_be_replaced(self) -> bool:
        """Whether other words can be put in its place here."""
        return self.field.write is not None


def find_open_risks(session: Session, revision: Revision) -> tuple[Finding, ...]:
    """Return what keeps the draft from being submitted, in the order of the form."""
    return tuple(placed.finding for placed in find_all_risks(session, revision) if placed.is_open)


def find_all_risks(session: Session, revision: Revision) -> tuple[PlacedFinding, ...]:
    """Return everything that may point to a pupil, answered or not, in the order of the form.

    The files that it offers, and what can be seen on its pictures, are not looked into.
    """
    around = _surroundings(session, revision)
    asked = select(PrivacyAnswer).where(PrivacyAnswer.revision_id == revision.id)
    answers = {answer.fingerprint: answer for answer in session.scalars(asked)}
    return tuple(
        _placed(revision, field, finding, answers.get(finding.fingerprint))
        for field in _fields(revision)
        for finding in find_risks(field.text, around)
    )


def answer_risk(
    session: Session, actor: Actor, revision_id: int, fingerprint: str, reason: str
) -> None:
    """Keep why the words may stand; the reviewer reads it. Answered again, the new reason counts.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        WrongState: it is not being written now.
        InvalidInput: the words are gone, or the reason is no sentence.
    """
    revision = hold_draft(session, actor, revision_id)
    said = one_line(reason)
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise InvalidInput(
            f"Say why these words may stand, in {SHORTEST_REASON} to {LONGEST_REASON} characters."
        )
    _find(session, revision, fingerprint)
    withdraw_answer(session, actor, revision_id, fingerprint)
    session.add(
        PrivacyAnswer(
            revision_id=revision.id, fingerprint=fingerprint, reason=said, person_id=actor.id
        )
    )
    session.flush()


def withdraw_answer(session: Session, actor: Actor, revision_id: int, fingerprint: str) -> None:
    """Take an answer back, so that the words are asked about again; safe to repeat.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        WrongState: it is not being written now.
    """
    revision = hold_draft(session, actor, revision_id)
    asked = select(PrivacyAnswer).where(PrivacyAnswer.revision_id == revision.id)
    for answer in session.scalars(asked):
        if answer.fingerprint == fingerprint:
            session.delete(answer)
    session.flush()


def replace_risk(
    session: Session,
    actor: Actor,
    revision_id: int,
    base_version: int,
    fingerprint: str,
    *,
    words: str,
) -> None:
    """Put other words in the place of a finding, as a new version of the draft.

    Raises:
        NotFound: there is no such draft, or it is not for this actor.
        WrongState: it is not being written now, or somebody changed it meanwhile.
        InvalidInput: the finding is gone, or the words do not fit there.
    """
    revision = hold_draft(session, actor, revision_id, base_version)
    placed = _find(session, revision, fingerprint)
    field, finding = placed.field, placed.finding
    if field.write is None:
        raise InvalidInput("These words cannot be changed here.")
    said = one_line(words)
    text = field.text[: finding.start] + said + field.text[finding.end :]
    if field.limit and not 0 < len(text.strip()) <= field.limit:
        raise InvalidInput(f"{field.label} must keep 1 to {field.limit} characters.")
    field.write(text)
    count_version(session, actor, revision)


def _find(session: Session, revision: Revision, fingerprint: str) -> PlacedFinding:
    for placed in find_all_risks(session, revision):
        if placed.finding.fingerprint == fingerprint:
            return placed
    raise InvalidInput(GONE)


def _placed(
    revision: Revision, field: Field, finding: Finding, answer: PrivacyAnswer | None
) -> PlacedFinding:
    before = _end_of(field.text[: finding.start].rpartition("\n\n")[2])
    after = _start_of(field.text[finding.end :].partition("\n\n")[0])
    if field.name == BODY:
        name, label = _section_at(revision, finding.start)
        field = replace(field, name=name, label=label)
    return PlacedFinding(finding, field, before, after, answer)


def _end_of(words: str) -> str:
    return words if len(words) <= CONTEXT else "… " + words[-CONTEXT:].partition(" ")[2]


def _start_of(words: str) -> str:
    return words if len(words) <= CONTEXT else words[:CONTEXT].rpartition(" ")[0] + " …"


def _fields(revision: Revision) -> Iterator[Field]:
    """Yield every text of a draft that people will read, in the order of the form."""
    yield _column(revision, "title", "Title", TITLE_LIMIT)
    yield _column(revision, "summary", "Summary")
    # The body is looked at as a whole: what stands under "Contact" is judged as contact.
    yield _column(revision, BODY, "Text")
    for tag in revision.tags:
        yield Field("tags", "Tags", tag.tag, _writer(tag, "tag"), TAG_LIMIT)
    yield _column(revision, "evidence_measure", "Evidence: what was measured")
    yield _column(revision, "evidence_cohort", "Evidence: how many learners", 60)
    yield _column(revision, "provider", "Provider", 200)
    for offered in revision.attachments:
        label = "Attachment: what it is"
        yield Field("attachments", label, offered.label, _writer(offered, "label"), LABEL_LIMIT)
        yield Field("attachments", "Attachment: name of the file", offered.attachment_name)


def _column(revision: Revision, name: str, label: str, limit: int = 0) -> Field:
    return Field(name, label, getattr(revision, name) or "", _writer(revision, name), limit)


def _writer(row: object, name: str) -> Callable[[str], None]:
    return lambda text: setattr(row, name, text)


def _section_at(revision: Revision, place: int) -> tuple[str, str]:
    """Return the name of the form's field, and its label, that holds a place of the body."""
    above = revision.body_markdown[: place + 1]
    headings = HEADING.findall(above)
    if not headings:
        return LEAD, "Before the first heading"
    said = headings[-1].strip()
    for section in SECTIONS[revision.resource.kind]:
        if fold(section.heading) == fold(said):
            return section_field(section.code), section.heading
    return OTHER, said


def _surroundings(session: Session, revision: Revision) -> Surroundings:
    school = session.get(School, revision.school_id) if revision.school_id is not None else None
    return Surroundings(
        school_name=school.name if school else revision.school or "",
        school_roll=school.roll if school else None,
        stages=tuple(term.code for term in revision.terms if term.facet == "stage"),
        document_authors=authors_of(revision.originals),
        known_places=known_places(
            session, [revision.school or ""], [revision.region, revision.authority or ""]
        ),
    )
