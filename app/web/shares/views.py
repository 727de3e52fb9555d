"""Pages where a resource or a collection is shared: its link, its QR code, sent to colleagues."""

from flask import Response, flash, redirect, render_template, request, url_for

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, ServiceError, TooManyTries
from app.domain.permissions import Action, allows
from app.faces.errors import status_of
from app.formats.qr_codes import qr_png, qr_svg
from app.services.shares import links as link_service
from app.services.shares.recipients import find_by_words, offered
from app.services.shares.sending import send as send_to
from app.services.shares.things import ThingKind, may_make_link, read_thing
from app.web.downloads import PICTURE_POLICY
from app.web.edge import current_actor, page_for, parts
from app.web.shares.blueprint import Page, page_of, permanent_link, share_page, shares
from app.web.shares.forms import LinkForm, SendForm

RESOURCE, COLLECTION = ThingKind
PICTURES = {"svg": ("image/svg+xml", qr_svg), "png": ("image/png", qr_png)}


@shares.get("/resources/<address>/share")
@page_for(Action.READ_PUBLIC)
def show(address: str) -> Page:
    """Show every way to share a resource."""
    return _page(RESOURCE, address)


@shares.get("/collections/<address>/share")
@page_for(Action.READ_PUBLIC)
def show_collection(address: str) -> Page:
    """Show every way to share a collection."""
    return _page(COLLECTION, address)


@shares.post("/resources/<address>/share")
@page_for(Action.SHARE)
def send(address: str) -> Page:
    """Send a resource to colleagues."""
    return _send(RESOURCE, address)


@shares.post("/collections/<address>/share")
@page_for(Action.SHARE)
def send_collection(address: str) -> Page:
    """Send a collection to colleagues."""
    return _send(COLLECTION, address)


@shares.post("/resources/<address>/share/links")
@page_for(Action.SHARE)
def make_link(address: str) -> Page:
    """Make a secret link to a restricted resource."""
    return _make_link(RESOURCE, address)


@shares.post("/collections/<address>/share/links")
@page_for(Action.SHARE)
def make_collection_link(address: str) -> Page:
    """Make a secret link to a private or restricted collection."""
    return _make_link(COLLECTION, address)


@shares.get("/resources/<address>/qr.<any(svg, png):kind>")
@page_for(Action.READ_PUBLIC)
def qr(address: str, kind: str) -> Response:
    """Show the QR code of a resource's permanent link."""
    return _qr(RESOURCE, address, kind)


@shares.get("/collections/<address>/qr.<any(svg, png):kind>")
@page_for(Action.READ_PUBLIC)
def collection_qr(address: str, kind: str) -> Response:
    """Show the QR code of a collection's permanent link."""
    return _qr(COLLECTION, address, kind)


def _page(
    kind: ThingKind,
    address: str,
    send_form: SendForm | None = None,
    link_form: LinkForm | None = None,
    status: int = 200,
) -> Page:
    actor = current_actor()
    with reading() as session:
        thing = read_thing(session, actor, kind, address)
        if thing.slug != address and request.method == "GET":
            return redirect(share_page(thing), 301)
        may_send = allows(actor, Action.SHARE)
        links = link_service.find_links(session, actor) if may_send else ()
        page = render_template(
            "shares/show.html",
            thing=thing,
            link=permanent_link(thing),
            back=page_of(thing),
            here=share_page(thing),
            send_form=send_form or (SendForm() if may_send else None),
            link_form=link_form or (LinkForm() if may_make_link(session, actor, thing) else None),
            offered=[names[0] for _, _, names in offered(session, actor, parts().taxonomy)]
            if may_send
            else (),
            links=[link for link in links if thing.id in (link.resource_id, link.collection_id)],
            over=link_service.over,
            is_good=link_service.is_good_now,
        )
    return page, status


def _send(kind: ThingKind, address: str) -> Page:
    form, actor = SendForm(), current_actor()
    if not form.validate_on_submit():
        return _page(kind, address, send_form=form, status=422)
    try:
        with unit_of_work() as session:
            thing = read_thing(session, actor, kind, address)
            whom = find_by_words(session, actor, parts().taxonomy, form.to.data)
            _, told = send_to(session, actor, thing, whom, form.message.data or "")
            done, back = f"Sent to {whom.label}.", page_of(thing)
    except (InvalidInput, TooManyTries) as refusal:
        return _refused(form, refusal, kind, address)
    flash(done if told == 1 else f"{done} {told:,} people are told.", "success")
    return redirect(back, 303)


def _refused(form: SendForm, refusal: ServiceError, kind: ThingKind, address: str) -> Page:
    field = form.message if "message" in str(refusal) else form.to
    field.errors = [str(refusal)]
    return _page(kind, address, send_form=form, status=status_of(refusal))


def _make_link(kind: ThingKind, address: str) -> Page:
    """Make a link and show its secret: in this answer, since it is kept nowhere to show it later.

    So there is no redirect here. To send the form again makes another link, and does no harm.
    """
    form, actor = LinkForm(), current_actor()
    if not form.validate_on_submit():
        return _page(kind, address, link_form=form, status=422)
    try:
        with unit_of_work() as session:
            thing = read_thing(session, actor, kind, address)
            secret = link_service.make_link(
                session,
                actor,
                thing,
                days=int(form.days.data),
                most_uses=form.most_uses,
                purpose=form.purpose.data or "",
            )
    except InvalidInput as refusal:
        form.purpose.errors = [str(refusal)]
        return _page(kind, address, link_form=form, status=422)
    return render_template(
        "shares/made.html",
        thing=thing,
        back=share_page(thing),
        secret_link=url_for("shares.knock", token=secret, _external=True),
    )


def _qr(kind: ThingKind, address: str, form: str) -> Response:
    with reading() as session:
        thing = read_thing(session, current_actor(), kind, address)
    media_type, draw = PICTURES[form]
    answer = Response(draw(permanent_link(thing)), mimetype=media_type)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    answer.headers["Cache-Control"] = "private, max-age=3600"
    if request.args.get("download"):
        answer.headers["Content-Disposition"] = f'attachment; filename="{thing.slug}-qr.{form}"'
    return answer
