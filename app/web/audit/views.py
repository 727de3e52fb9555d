"""The page where administrators read the audit log, and leads what concerns their region."""

from flask import Blueprint, render_template, request, url_for

from app.db import reading
from app.domain.permissions import Action
from app.services.audit import reading as service
from app.services.audit.reading import AuditPage
from app.web.audit.forms import AuditForm
from app.web.edge import current_actor, page_for
from app.web.search.page_numbers import page_asked, page_numbers

audit = Blueprint("audit", __name__)


@audit.get("/audit")
@page_for(Action.READ_AUDIT)
def index() -> tuple[str, int]:
    """Show what was done, newest first."""
    form = AuditForm(request.args)
    if not form.validate():
        nothing = AuditPage((), 0, 1)
        return render_template("audit/index.html", form=form, found=nothing, pages=[]), 422
    page = page_asked(request.args.get("page", ""))
    with reading() as session:
        found = service.find(session, current_actor(), form.filters, page)
    shown = render_template(
        "audit/index.html",
        form=form,
        found=found,
        pages=page_numbers(found.page, found.total, found.per_page),
        page_url=lambda number: url_for("audit.index", **form.given | {"page": str(number)}),
    )
    return shown, 200
