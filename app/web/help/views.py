"""The user guide: the Markdown files of content/help/, shown as pages."""

from functools import cache
from pathlib import Path

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from app.domain.permissions import Action
from app.services.help import HelpPage, find_pages
from app.web.edge import page_for
from config import PROJECT_DIR

help_pages = Blueprint("help", __name__, url_prefix="/help")

# The guide belongs to this version of the product, not to the library it serves.
GUIDE = PROJECT_DIR / "content/help"


@help_pages.get("")
@page_for(Action.SEARCH)
def index() -> str:
    """Show the contents of the user guide."""
    return render_template("help/index.html", pages=_guide(GUIDE).values())


@help_pages.get("/<name>")
@page_for(Action.SEARCH)
def show(name: str) -> str:
    """Show one page of the user guide."""
    guide = _guide(GUIDE)
    if name not in guide:
        raise NotFound
    return render_template("help/show.html", page=guide[name], pages=guide.values())


@cache
def _guide(folder: Path) -> dict[str, HelpPage]:
    return {page.name: page for page in find_pages(folder)}
