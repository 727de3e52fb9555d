"""Pages where a person makes and revokes tokens for their own programs."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.moments import utc_now
from app.domain.permissions import Action
from app.services.accounts import tokens as service
from app.web.edge import current_actor, page_for
from app.web.tokens.forms import TokenForm

tokens = Blueprint("tokens", __name__)


@tokens.get("/account/tokens")
@page_for(Action.HAVE_ACCOUNT)
def index() -> Response:
    """Show the person's tokens, and the form for another."""
    return _page(TokenForm())


@tokens.post("/account/tokens")
@page_for(Action.HAVE_ACCOUNT)
def create() -> Response:
    """Make a token and show its secret: in this answer, since it is kept nowhere to show it later.

    So there is no redirect here. To send the form again makes another token, and does no harm.
    """
    form = TokenForm()
    if not form.validate():
        return _page(form)
    try:
        with unit_of_work() as session:
            actor, name = current_actor(), form.name.data
            secret = service.make(session, actor, name, form.scopes, int(form.days.data))
    except InvalidInput as refusal:
        form.form_errors.append(str(refusal))
        return _page(form)
    return _never_kept(render_template("tokens/made.html", secret=secret, name=name))


@tokens.post("/account/tokens/<int:token_id>/revoke")
@page_for(Action.HAVE_ACCOUNT)
def revoke(token_id: int) -> AnyResponse:
    """End a token at once."""
    with unit_of_work() as session:
        service.revoke(session, current_actor(), token_id)
    flash("Revoked. Programs with this token are let in no more.", "success")
    return redirect(url_for("tokens.index"), 303)


def _page(form: TokenForm) -> Response:
    now = utc_now()
    with reading() as session:
        mine = service.find_mine(session, current_actor())
    shown = [(token, service.is_good(token, now)) for token in mine]
    answer = _never_kept(render_template("tokens/index.html", form=form, tokens=shown))
    answer.status_code = 422 if form.errors else 200
    return answer


def _never_kept(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
