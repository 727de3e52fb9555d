"""Pages where a Word, PDF or Markdown file becomes a draft, and what came of it is told."""

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, NotFound
from app.domain.permissions import Action
from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.formats import intake
from app.formats.intake import Concern, IntakeLimits
from app.services.moving import read_revision
from app.services.submissions import taking_in as service
from app.services.submissions.changing import may_write
from app.services.submissions.draft_fields import OTHER
from app.web.downloads import hand_out
from app.web.edge import current_actor, page_for, parts
from app.web.submissions.doors import submission_files
from app.web.submissions.forms import KINDS
from app.web.submissions.sent_files import sent_file

# The headings that a report is told under, in this order.
TOLD = (
    (Concern.DROPPED, "Left out, because it cannot be shown here"),
    (Concern.DOUBTFUL, "Please check"),
    (Concern.KEPT_OUT, "Kept out on purpose: this is never published"),
)
OTHER_CHOICES = (
    (OTHER, "Further notes, at the end"),
    (service.LATER, "Decide later"),
    (service.LEAVE_OUT, "Leave it out"),
)


@submission_files.get("/take-in")
@page_for(Action.WRITE_DRAFT)
def start_from_file() -> str:
    """Ask for a file, and what it tells of."""
    return _ask()


@submission_files.post("/take-in")
@page_for(Action.WRITE_DRAFT)
def take_in() -> str | AnyResponse | tuple[str, int]:
    """Make a draft of the file that was sent."""
    try:
        kind = _kind(request.form.get("kind", ""))
        sent = _read_sent()
    except InvalidInput as refusal:
        return _ask(str(refusal)), 422
    with unit_of_work() as session:
        revision = service.take_in_file(session, current_actor(), sent, kind)
        goal = url_for(".taken_in", revision_id=revision.id)
    flash("Your file is a draft now. Nothing is sent to anybody yet.", "success")
    return redirect(goal)


@submission_files.post("/<int:revision_id>/take-in")
@page_for(Action.WRITE_DRAFT)
def take_in_more(revision_id: int) -> AnyResponse | tuple[str, int]:
    """Put what another file says behind the words of a draft."""
    with reading() as session:
        read_revision(session, current_actor(), revision_id)
    try:
        sent = _read_sent()
    except InvalidInput as refusal:
        return _report(revision_id, str(refusal)), 422
    with unit_of_work() as session:
        service.take_in_more(session, current_actor(), revision_id, sent)
    flash(f"{sent.name} was added to the draft.", "success")
    return redirect(url_for(".taken_in", revision_id=revision_id))


@submission_files.get("/<int:revision_id>/taken-in")
@page_for(Action.READ_DRAFT)
def taken_in(revision_id: int) -> str:
    """Tell what came of each file, and ask where the rest belongs."""
    return _report(revision_id)


@submission_files.post("/<int:revision_id>/taken-in")
@page_for(Action.WRITE_DRAFT)
def put_pieces(revision_id: int) -> AnyResponse:
    """Put each waiting piece where it was said to belong."""
    choices = {
        int(name.removeprefix("piece-")): choice
        for name, choice in request.form.items()
        if name.startswith("piece-") and name.removeprefix("piece-").isdecimal()
    }
    with unit_of_work() as session:
        service.put_pieces(
            *(session, current_actor(), revision_id),
            request.form.get("original", 0, type=int),
            choices,
        )
    flash("The pieces are where you put them.", "success")
    return redirect(url_for(".taken_in", revision_id=revision_id))


@submission_files.get("/<int:revision_id>/original")
@page_for(Action.READ_DRAFT)
def original(revision_id: int) -> Response:
    """Hand the file out that a draft was taken in from, the newest where none is named."""
    wanted = request.args.get("file", type=int)
    with reading() as session:
        found = service.find_originals(session, current_actor(), revision_id)
        held = [original for original, _ in found if wanted in (None, original.id)]
        if not held:
            raise NotFound("There is no such file with this draft.")
        return hand_out(held[-1].file_name, held[-1].data)


def _read_sent() -> service.SentFile:
    """Read the file in a process of its own, before the database is locked."""
    settings = parts().settings
    sent = sent_file()
    read = intake.take_in(sent.name, sent.data, IntakeLimits(file_mb=settings.submission_limit_mb))
    return service.SentFile(sent.name, sent.data, read, settings.picture_limit_mb)


def _kind(code: str) -> Kind:
    try:
        return Kind(code)
    except ValueError:
        raise InvalidInput("Say whether it is a case study or professional learning.") from None


def _ask(problem: str = "") -> str:
    return render_template(
        "submissions/take_in.html",
        problem=problem,
        kinds=KINDS,
        chosen=request.form.get("kind", Kind.CASE_STUDY),
        limit_mb=parts().settings.submission_limit_mb,
    )


def _report(revision_id: int, problem: str = "") -> str:
    with reading() as session:
        actor = current_actor()
        revision = read_revision(session, actor, revision_id)
        sections = SECTIONS[revision.resource.kind]
        return render_template(
            "submissions/taken_in.html",
            revision=revision,
            taken=service.find_originals(session, actor, revision_id),
            told=TOLD,
            headings={section.code: section.heading for section in sections},
            choices=[*((s.code, s.heading) for s in sections), *OTHER_CHOICES],
            may_write=may_write(actor, revision),
            problem=problem,
            limit_mb=parts().settings.submission_limit_mb,
        )
