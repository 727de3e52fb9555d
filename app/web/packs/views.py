"""Pages and files of a network day’s pack."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading
from app.domain.errors import InvalidInput
from app.domain.pack_contents import Pack
from app.domain.permissions import Action, allows
from app.formats import pack_pdf
from app.formats.pack_word import to_word
from app.formats.pack_zip import to_zip
from app.services.packs import gathering, taking
from app.services.packs.gathering import Offer
from app.web.downloads import hand_out
from app.web.edge import current_actor, page_for, parts
from app.web.labels import asset
from app.web.packs import drawing
from app.web.packs.forms import PackForm

packs = Blueprint("packs", __name__)
Answer = str | Response | tuple[str, int]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@packs.get("/collections/<address>/pack")
@page_for(Action.READ_PUBLIC)
def show(address: str) -> Answer:
    """Let a person choose what the pack of a collection is like, and show what comes of it."""
    with reading() as session:
        offer = gathering.read_offer(session, current_actor(), address)
        if offer.collection.slug != address:
            asked = request.query_string.decode("ascii", "ignore")
            here = url_for(".show", address=offer.collection.slug)
            return redirect(f"{here}?{asked}" if asked else here, 301)
    return _with_pack(address, lambda pack, form, offer: _choosing(form, offer, pack))


@packs.get("/collections/<address>/pack/print")
@page_for(Action.READ_PUBLIC)
def print_pages(address: str) -> Answer:
    """Show the pages to print."""

    def draw(pack: Pack, form: PackForm, offer: Offer) -> Answer:
        back = f"{url_for('.show', address=offer.collection.slug)}?{urlencode(form.given)}"
        return drawing.print_html(pack, asset(drawing.STYLE), back)

    return _with_pack(address, draw)


@packs.get("/collections/<address>/pack.pdf")
@page_for(Action.TAKE_PACK)
def pdf(address: str) -> Answer:
    """Hand out the print pages as a PDF file."""
    pages: list[tuple[str, str]] = []

    def draw(pack: Pack, _: PackForm, offer: Offer) -> Answer:
        taking.require_taking(current_actor())
        pages.append((_named(offer, "pdf"), drawing.print_html(pack, drawing.STYLE)))
        return ""

    answer = _with_pack(address, draw)
    # Drawing takes seconds: nobody's place at the database is held meanwhile.
    for name, html in pages:
        drawn = pack_pdf.draw_pdf(html, drawing.files_for_pdf())
        return hand_out(name, drawn, "application/pdf")
    return answer


@packs.get("/collections/<address>/pack.docx")
@page_for(Action.TAKE_PACK)
def word(address: str) -> Answer:
    """Hand out the pack as a Word file."""

    def draw(pack: Pack, _: PackForm, offer: Offer) -> Answer:
        taking.require_taking(current_actor())
        words = drawing.cover_words(pack)
        data = to_word(pack, words["when"], words["for_whom"], drawing.address_of)
        return hand_out(_named(offer, "docx"), data, WORD)

    return _with_pack(address, draw)


@packs.get("/collections/<address>/pack.zip")
@page_for(Action.TAKE_PACK)
def offline(address: str) -> Answer:
    """Hand out the pack as a zip that opens from a memory stick."""

    def draw(pack: Pack, _: PackForm, offer: Offer) -> Answer:
        folder = f"network-day-{offer.collection.slug}"
        data = to_zip(drawing.zip_files(pack), folder)
        return hand_out(_named(offer, "zip"), data, "application/zip")

    return _with_pack(address, draw, has_bytes=True)


def _with_pack(
    address: str,
    draw: Callable[[Pack, PackForm, Offer], Answer],
    *,
    has_bytes: bool = False,
) -> Answer:
    """Draw the pack that the address asks for, or the form again where it cannot be."""
    actor = current_actor()
    with reading() as session:
        offer = gathering.read_offer(session, actor, address)
        form = PackForm(request.args, offer)
        if not form.validate():
            return _choosing(form, offer, None)
        try:
            pack = gathering.gather(session, actor, offer, form.plan, parts().taxonomy)
        except InvalidInput as error:
            form.form_errors.append(str(error))
            return _choosing(form, offer, None)
        if has_bytes:
            pack = taking.with_bytes(session, actor, pack)
        return draw(pack, form, offer)


def _choosing(form: PackForm, offer: Offer, pack: Pack | None) -> Answer:
    shown = render_template(
        "packs/show.html",
        form=form,
        collection=offer.collection,
        pack=pack,
        **(drawing.cover_words(pack) if pack else {}),
        given=form.given,
        can_take=allows(current_actor(), Action.TAKE_PACK),
        can_draw_pdf=pack_pdf.can_draw_pdf(),
    )
    return shown if pack else (shown, 422)


def _named(offer: Offer, ending: str) -> str:
    return f"network-day-{offer.collection.slug}.{ending}"
