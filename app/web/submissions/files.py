"""Pages for the pictures of a draft and the files that it offers."""

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.domain.sections import SECTIONS
from app.formats.attachments import ALLOWED
from app.services.moving import read_revision
from app.services.submissions import attachments, pictures
from app.services.submissions.changing import may_write
from app.web.downloads import PICTURE_POLICY, hand_out
from app.web.edge import current_actor, page_for, parts
from app.web.submissions.doors import submission_files
from app.web.submissions.sent_files import sent_file

UP = "up"


@submission_files.get("/<int:revision_id>/files")
@page_for(Action.READ_DRAFT)
def files(revision_id: int) -> str:
    """Show a draft's pictures and files, with what may be done to them."""
    return _page(revision_id)


@submission_files.post("/<int:revision_id>/pictures")
@page_for(Action.WRITE_DRAFT)
def add_picture(revision_id: int) -> AnyResponse | tuple[str, int]:
    """Keep a picture and show it at the end of a section."""
    _look(revision_id)
    settings = parts().settings
    try:
        sent = sent_file("picture")
        data = pictures.clean(sent.data, settings.attachment_limit_mb)
        with unit_of_work() as session:
            shown = pictures.add_picture(
                *(session, current_actor(), revision_id),
                file_name=sent.name,
                data=data,
                alt=request.form.get("alt", ""),
                section=request.form.get("section", ""),
                limit_mb=settings.picture_limit_mb,
            )
    except InvalidInput as refusal:
        return _page(revision_id, {"picture": str(refusal)}), 422
    flash(f"The picture is kept. To show it elsewhere too, paste: {shown.markdown}", "success")
    return _back(revision_id)


@submission_files.post("/<int:revision_id>/pictures/<name>/alt")
@page_for(Action.WRITE_DRAFT)
def describe_picture(revision_id: int, name: str) -> AnyResponse | tuple[str, int]:
    """Change the words for those who do not see a picture."""
    try:
        with unit_of_work() as session:
            pictures.describe_picture(
                session, current_actor(), revision_id, name, request.form.get("alt", "")
            )
    except InvalidInput as refusal:
        return _page(revision_id, {f"alt-{name}": str(refusal)}), 422
    flash("The words for the picture are changed.", "success")
    return _back(revision_id)


@submission_files.post("/<int:revision_id>/pictures/<name>/remove")
@page_for(Action.WRITE_DRAFT)
def remove_picture(revision_id: int, name: str) -> AnyResponse:
    """Take a picture off a draft and out of its words."""
    with unit_of_work() as session:
        pictures.remove_picture(session, current_actor(), revision_id, name)
    flash("The picture is removed from the draft.", "success")
    return _back(revision_id)


@submission_files.get("/<int:revision_id>/pictures/<name>")
@page_for(Action.READ_DRAFT)
def picture(revision_id: int, name: str) -> Response:
    """Show a picture to those who may see the draft."""
    with reading() as session:
        found = pictures.read_draft_picture(session, current_actor(), revision_id, name)
        answer = send_file(BytesIO(found.data), mimetype=found.media_type, etag=found.sha256)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@submission_files.post("/<int:revision_id>/attachments")
@page_for(Action.WRITE_DRAFT)
def add_attachment(revision_id: int) -> AnyResponse | tuple[str, int]:
    """Offer a file for download."""
    _look(revision_id)
    limit_mb = parts().settings.attachment_limit_mb
    try:
        sent = sent_file("attachment")
        data = attachments.check(sent.name, sent.data, limit_mb)
        with unit_of_work() as session:
            attachments.add_attachment(
                *(session, current_actor(), revision_id),
                file_name=sent.name,
                data=data,
                label=request.form.get("label", ""),
                limit_mb=limit_mb,
            )
    except InvalidInput as refusal:
        return _page(revision_id, {"attachment": str(refusal)}), 422
    flash("The file is offered for download.", "success")
    return _back(revision_id)


@submission_files.post("/<int:revision_id>/attachments/<name>/remove")
@page_for(Action.WRITE_DRAFT)
def remove_attachment(revision_id: int, name: str) -> AnyResponse:
    """Offer a file no longer."""
    with unit_of_work() as session:
        attachments.remove_attachment(session, current_actor(), revision_id, name)
    flash("The file is removed from the draft.", "success")
    return _back(revision_id)


@submission_files.post("/<int:revision_id>/attachments/<name>/move")
@page_for(Action.WRITE_DRAFT)
def move_attachment(revision_id: int, name: str) -> AnyResponse:
    """Move a file up or down among those offered."""
    by = -1 if request.form.get("way") == UP else 1
    with unit_of_work() as session:
        attachments.move_attachment(session, current_actor(), revision_id, name, by)
    return _back(revision_id)


@submission_files.get("/<int:revision_id>/attachments/<name>")
@page_for(Action.READ_DRAFT)
def attachment(revision_id: int, name: str) -> Response:
    """Hand a draft's file out to those who may see the draft."""
    with reading() as session:
        found = attachments.read_draft_attachment(session, current_actor(), revision_id, name)
        return hand_out(found.name, found.data, found.media_type, found.sha256)


def _look(revision_id: int) -> None:
    """Do nothing where the actor may see the draft: no work is done for others."""
    with reading() as session:
        read_revision(session, current_actor(), revision_id)


def _back(revision_id: int) -> AnyResponse:
    return redirect(url_for(".files", revision_id=revision_id))


def _page(revision_id: int, problems: dict[str, str] | None = None) -> str:
    with reading() as session:
        actor = current_actor()
        revision = read_revision(session, actor, revision_id)
        return render_template(
            "submissions/files.html",
            revision=revision,
            pictures=pictures.find_pictures(revision),
            sections=SECTIONS[revision.resource.kind],
            may_write=may_write(actor, revision),
            problems=problems or {},
            allowed=ALLOWED,
            limit_mb=parts().settings.attachment_limit_mb,
        )
