"""Pages about the library itself: what it is, accessibility, privacy."""

from flask import Blueprint, render_template

from app.domain.permissions import Action
from app.web.edge import page_for

about = Blueprint("about", __name__)


@about.get("/about")
@page_for(Action.SEARCH)
def index() -> str:
    """Say what the library is and for whom."""
    return render_template("about/index.html")


@about.get("/accessibility")
@page_for(Action.SEARCH)
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("about/accessibility.html")


@about.get("/privacy")
@page_for(Action.SEARCH)
def privacy() -> str:
    """Say what is kept about a visitor, which is nothing."""
    return render_template("about/privacy.html")
