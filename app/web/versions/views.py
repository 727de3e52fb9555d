"""Pages of a resource's versions: the list, one of them, two side by side."""

from flask import Blueprint, render_template, url_for

from app.db import reading
from app.domain.permissions import Action
from app.services import versions as service
from app.services.rendering import render
from app.web.edge import current_actor, page_for, parts
from app.web.versions.acts import acts_on

versions = Blueprint("versions", __name__)
versions.add_app_template_global(acts_on)


@versions.get("/resources/<address>/versions")
@page_for(Action.READ_PUBLIC)
def index(address: str) -> str:
    """List the versions of a resource, newest first."""
    with reading() as session:
        found = service.find_versions(session, current_actor(), address)
        newest = found[0].revision
        return render_template(
            "versions/index.html",
            versions=found,
            newest=newest,
            acts=acts_on(newest, newest.state),
        )


@versions.get("/resources/<address>/versions/<int:number>")
@page_for(Action.READ_PUBLIC)
def show(address: str, number: int) -> str:
    """Show the words of one version."""
    with reading() as session:
        revision = service.read_version(session, current_actor(), address, number)
        rendered = render(revision, lambda name: url_for("resources.picture", name=name))
        return render_template("versions/show.html", revision=revision, html=rendered.html)


@versions.get("/resources/<address>/versions/<int:before>...<int:after>")
@page_for(Action.READ_PUBLIC)
def compare(address: str, before: int, after: int) -> str:
    """Show two versions side by side."""
    with reading() as session:
        old, new, found = service.compare_versions(
            session, current_actor(), parts().taxonomy, address, before=before, after=after
        )
        return render_template("versions/compare.html", old=old, new=new, found=found)
