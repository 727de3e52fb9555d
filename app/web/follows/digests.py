"""Pages where somebody stops their digests by the link in one, without signing in."""

from flask import Response, render_template

from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.formats.signed_links import Purpose, read_link_token
from app.services.follows import following
from app.web.edge import page_for, parts
from app.web.follows.blueprint import follows


@follows.get("/digests/stop/<token>")
@page_for(Action.SIGN_IN)
def stop(token: str) -> str:
    """Ask whether digests shall stop: a program that follows links must stop nothing."""
    with reading() as session:
        following.person_of_link(session, _person_of(token))
    return render_template("follows/stop.html", token=token)


@follows.post("/digests/stop/<token>")
@page_for(Action.SIGN_IN)
def stop_now(token: str) -> Response:
    """Stop digests, without sign-in; a mail program may send this itself (RFC 8058)."""
    with unit_of_work() as session:
        following.stop_digests(session, _person_of(token))
    return Response(render_template("follows/stopped.html"))


def _person_of(token: str) -> int | None:
    return read_link_token(parts().settings.secret_key, Purpose.DIGEST_OFF, token)
