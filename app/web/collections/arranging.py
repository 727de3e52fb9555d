"""The page where curators arrange a collection: order, sections, notes and minutes."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db import reading, unit_of_work
from app.domain.arranging import Gone
from app.domain.collections import LONGEST_ITEM_MINUTES, NOTE_LIMIT
from app.domain.permissions import Action
from app.services.collections import arranging
from app.services.collections import reading as service
from app.services.collections.publishing import may_publish
from app.services.collections.words import Clash, WordsRefused, mark_of_words
from app.web.collections.blueprint import Page, collections
from app.web.edge import current_actor, page_for

BY = {"up": -1, "down": 1}
WORDS = ("note-", "minutes-", "title-")


@collections.get("/collections/<address>/edit")
@page_for(Action.COLLECT)
def edit(address: str) -> str:
    """Show everything in a collection, each with what may be done to it."""
    return _page(address)


@collections.post("/collections/<address>/edit")
@page_for(Action.COLLECT)
def arrange(address: str) -> Page:
    """Save what was written on the page, then do what the pressed button says."""
    actor = current_actor()
    sent = {name: words for name, words in request.form.items() if name.startswith(WORDS)}
    was = {name: request.form.get(f"was-{name}", "") for name in sent}
    try:
        with unit_of_work() as session:
            clashes = arranging.write(session, actor, address, sent, was)
        if clashes:
            return _page(address, sent=sent, clashes=clashes), 422
        with unit_of_work() as session:
            said, anchor = _do(session, address)
    except WordsRefused as refusal:
        more = {"new-section": request.form.get("new-section", "")}
        return _page(address, sent={**sent, **more}, problems=refusal.problems), 422
    except Gone as gone:
        said, anchor = f"{gone} Somebody else took it out meanwhile.", None
    flash(said, "success")
    return redirect(url_for(".edit", address=address, _anchor=anchor))


def _do(session: Any, address: str) -> tuple[str, str | None]:
    """Carry out the pressed button; return what to say, and where the page goes on."""
    asked, _, key = request.form.get("do", "save").partition(":")
    given = (session, current_actor(), address)
    if asked in BY:
        placed = arranging.move(*given, key, BY[asked])
        return f"Moved to {placed.place} of {placed.of}.", f"item_{key}"
    if asked == "to":
        placed = arranging.put(*given, key, section=_number(request.form.get(f"to-{key}", "")))
        return f"Moved to {placed.place} of {placed.of}.", f"item_{key}"
    if asked == "place":
        return _place(given, key)
    if asked == "remove":
        arranging.remove(*given, key)
        return "Removed from the collection.", None
    return _do_to_section(given, asked, key)


def _place(given: tuple[Any, Any, str], key: str) -> tuple[str, str | None]:
    """Put an item where it was dropped: its id, the section, the place from 0."""
    resource_id, _, where = key.partition(":")
    section, _, place = where.partition(":")
    placed = arranging.put(*given, resource_id, section=_number(section), place=_number(place))
    return f"Moved to {placed.place} of {placed.of}.", f"item_{resource_id}"


def _do_to_section(given: tuple[Any, Any, str], asked: str, key: str) -> tuple[str, str | None]:
    if asked == "add-section":
        arranging.add_section(*given, request.form.get("new-section", ""))
        return "The section is added at the end.", "new-section"
    if asked in ("section-up", "section-down"):
        arranging.move_section(*given, _number(key), BY[asked.removeprefix("section-")])
        return "The section is moved.", f"part_{key}"
    if asked == "section-remove":
        arranging.remove_section(*given, _number(key))
        return "The section is removed; what stood in it joined the one beside it.", None
    return "Saved.", None


def _number(text: str) -> int:
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def _page(
    address: str,
    *,
    sent: Mapping[str, str] | None = None,
    clashes: tuple[Clash, ...] = (),
    problems: Mapping[str, str] | None = None,
) -> str:
    actor = current_actor()
    with reading() as session:
        collection, sections = service.look_to_keep(session, actor, address)
        held = arranging.words_of(collection)
        theirs = {clash.field: clash.theirs for clash in clashes}
        return render_template(
            "collections/edit.html",
            collection=collection,
            sections=sections,
            words={**held, **(sent or {})},
            was=_marks(held, theirs, is_sent=sent is not None),
            theirs=theirs,
            problems=dict(problems or {}),
            count=sum(len(section.items) for section in sections),
            minutes=sum(kept.item.minutes or 0 for part in sections for kept in part.items),
            may_publish=may_publish(actor, collection),
            note_limit=NOTE_LIMIT,
            most_minutes=LONGEST_ITEM_MINUTES,
        )


def _marks(held: Mapping[str, str], theirs: Mapping[str, str], *, is_sent: bool) -> dict[str, str]:
    now = {name: mark_of_words(words) for name, words in held.items()}
    if not is_sent:
        return now
    return {
        name: mark if name in theirs else request.form.get(f"was-{name}", mark)
        for name, mark in now.items()
    }
