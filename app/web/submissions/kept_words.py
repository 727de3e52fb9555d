"""Keep what somebody typed when they are signed out meanwhile: a page to send it from again."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from app.domain.errors import WrongState
from app.domain.facets import BY_NAME
from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.faces.errors import Failure, tell
from app.services.submissions.draft_fields import LISTS, TAGS, section_field
from app.web.edge import current_actor
from app.web.submissions.blueprint import submissions
from app.web.submissions.forms import names_of

EDIT = "submissions.update"
P = ParamSpec("P")
Page = str | Response | tuple[str, int]

_LABELS = {
    section_field(section.code): section.heading
    for sections in SECTIONS.values()
    for section in sections
}


def keep_words(view: Callable[P, Page]) -> Callable[P, Page]:
    """Answer with what was sent where the view cannot keep it.

    So for somebody who is not signed in (any more), and where the draft went on its way meanwhile.
    """

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> Page:
        if current_actor().id is None:
            return _page(401)
        try:
            return view(*args, **kwargs)
        except WrongState as stop:
            return _page(409, str(stop))

    return kept


@submissions.errorhandler(CSRFError)
def keep_words_of_old_page(error: CSRFError) -> Page | Response:
    """Show again what was sent from a page of before somebody signed in anew.

    Nothing is saved: the person looks, and sends it from this page themselves.
    """
    if request.endpoint != EDIT or request.method != "POST":
        return tell(Failure(error.code or 400))
    return _page(400)


def _page(status: int, stop: str = "") -> tuple[str, int]:
    names = dict.fromkeys(name for kind in Kind for name in names_of(kind))
    held = [(name, request.form.getlist(name)) for name in names if name in request.form]
    return (
        render_template(
            "submissions/kept_words.html",
            texts=[(name, _label(name), values[0]) for name, values in held if _is_text(name)],
            hidden=[
                ("version", request.form.get("version", "")),
                *((name, value) for name, values in held if not _is_text(name) for value in values),
            ],
            stop=stop,
            is_signed_in=current_actor().id is not None,
        ),
        status,
    )


def _is_text(name: str) -> bool:
    return name not in LISTS or name == TAGS


def _label(name: str) -> str:
    if name in BY_NAME:
        return BY_NAME[name].plural
    return _LABELS.get(name) or name.replace("_", " ").capitalize()
