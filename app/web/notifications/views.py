"""Pages where a person reads what they were told, and says what to be mailed about."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.faces.row_numbers import LARGEST
from app.formats.signed_links import Purpose, read_link_token
from app.services import notifications as service
from app.web.edge import current_actor, page_for, parts
from app.web.notifications.forms import SettingsForm
from app.web.search.page_numbers import page_asked, page_numbers

notifications = Blueprint("notifications", __name__)


@notifications.get("/notifications")
@page_for(Action.HAVE_ACCOUNT)
def index() -> str:
    """Show what the person was told, newest first."""
    page = page_asked(request.args.get("page", ""))
    with reading() as session:
        found = service.find(session, current_actor(), page)
        return render_template(
            "notifications/index.html",
            found=found,
            pages=page_numbers(found.page, found.total, found.per_page),
            page_url=lambda number: url_for("notifications.index", page=number),
        )


@notifications.post("/notifications/<int:notification_id>/open")
@page_for(Action.HAVE_ACCOUNT)
def open_one(notification_id: int) -> AnyResponse:
    """Mark one as read, and go where it goes on."""
    with unit_of_work() as session:
        path = service.open_one(session, current_actor(), notification_id)
    return redirect(path, 303)


@notifications.post("/notifications/read")
@page_for(Action.HAVE_ACCOUNT)
def mark_read() -> AnyResponse:
    """Mark as read what the page showed, and what came before it."""
    newest_id = min(request.form.get("newest_id", type=int, default=0), LARGEST)
    with unit_of_work() as session:
        marked = service.mark_all_read(session, current_actor(), newest_id)
    flash("Marked as read." if marked else "Nothing was unread.", "success")
    return redirect(url_for("notifications.index"), 303)


@notifications.route("/notifications/settings", methods=["GET", "POST"])
@page_for(Action.HAVE_ACCOUNT)
def settings() -> str | AnyResponse | tuple[str, int]:
    """Show what the person is mailed about, and let them choose."""
    actor = current_actor()
    with unit_of_work() if request.method == "POST" else reading() as session:
        form = SettingsForm(kinds=service.find_mailed(session, actor))
        if form.validate_on_submit():
            service.choose_mailed(session, actor, form.chosen)
            flash("Saved. What you turned off still stands among your notifications.", "success")
            return redirect(url_for("notifications.settings"), 303)
    status = 422 if form.errors else 200
    return render_template("notifications/settings.html", form=form), status


@notifications.get("/notifications/stop/<token>")
@page_for(Action.SIGN_IN)
def stop(token: str) -> str:
    """Ask whether such mails shall stop: a program that follows links must stop nothing."""
    with reading() as session:
        kind = service.kind_of_letter(session, _letter_of(token))
    return render_template("notifications/stop.html", kind=kind, token=token)


@notifications.post("/notifications/stop/<token>")
@page_for(Action.SIGN_IN)
def stop_now(token: str) -> Response:
    """Stop mails like this one, without sign-in; a mail program may send this itself (RFC 8058)."""
    with unit_of_work() as session:
        kind = service.stop_mails(session, _letter_of(token))
    return Response(render_template("notifications/stopped.html", kind=kind))


def _letter_of(token: str) -> int | None:
    return read_link_token(parts().settings.secret_key, Purpose.MAIL_OFF, token)
