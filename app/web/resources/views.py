"""Pages where anyone reads a resource, and takes it away."""

from io import BytesIO

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading
from app.domain.errors import SearchUnavailable
from app.domain.permissions import Action
from app.search.port import Hit
from app.services import resources as service
from app.services import search as search_service
from app.services.schema_org import learning_resource
from app.web.downloads import PICTURE_POLICY, hand_out
from app.web.edge import current_actor, page_for, parts
from app.web.resources.acts import acts_for
from app.web.resources.panels import read_panels

resources = Blueprint("resources", __name__)


@resources.get("/resources/<address>")
@page_for(Action.READ_PUBLIC)
def show(address: str) -> str | AnyResponse:
    """Show one resource; a former address or the permanent one leads to the present one."""
    with reading() as session:
        resource = service.read(session, current_actor(), address)
        if resource.slug != address:
            return redirect(url_for(".show", address=resource.slug), 301)
        actor = current_actor()
        rendered = service.render(resource, picture_url=_picture_url)
        return render_template(
            "resources/show.html",
            resource=resource,
            revision=resource.published,
            terms=service.terms_of(resource),
            html=rendered.html,
            sections=[section for section in rendered.sections if section.level == 2],  # noqa: PLR2004
            similar=_similar(resource.id),
            acts=acts_for(actor),
            panels=read_panels(session, actor, resource),
            learning_resource=learning_resource(resource, parts().taxonomy, request.base_url),
        )


@resources.get("/resources/<address>/audience")
@page_for(Action.READ_PUBLIC)
def audience(address: str) -> str | AnyResponse:
    """Say who can see a resource, as the permission matrix has it."""
    with reading() as session:
        resource = service.read(session, current_actor(), address)
        if resource.slug != address:
            return redirect(url_for(".audience", address=resource.slug), 301)
        return render_template(
            "resources/audience.html", resource=resource, revision=resource.published
        )


@resources.get("/resources/<address>.md")
@page_for(Action.READ_PUBLIC)
def download(address: str) -> AnyResponse:
    """Hand out a resource as the Markdown file that it can be loaded from again."""
    with reading() as session:
        resource = service.read(session, current_actor(), address)
        if resource.slug != address:
            return redirect(url_for(".download", address=resource.slug), 301)
        return send_file(
            BytesIO(service.as_markdown(session, resource)),
            mimetype="text/markdown",
            as_attachment=True,
            download_name=f"{resource.slug}.md",
        )


@resources.get("/pictures/<name>")
@page_for(Action.READ_PUBLIC)
def picture(name: str) -> Response:
    """Show a picture of a resource that the reader may read."""
    with reading() as session:
        found = service.read_picture(session, current_actor(), name)
        answer = send_file(BytesIO(found.data), mimetype=found.media_type, etag=found.sha256)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    # A restricted picture must not stay in a shared cache.
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@resources.get("/resources/<address>/attachments/<name>")
@page_for(Action.READ_PUBLIC)
def attachment(address: str, name: str) -> Response:
    """Hand out a file that a resource offers; no browser opens it as a page."""
    with reading() as session:
        found = service.read_attachment(session, current_actor(), address, name)
        return hand_out(found.name, found.data, found.media_type, found.sha256)


def _picture_url(name: str) -> str:
    return url_for("resources.picture", name=name)


def _similar(resource_id: str) -> list[Hit]:
    try:
        return search_service.find_similar(
            parts().search, parts().taxonomy, current_actor(), resource_id
        )
    except SearchUnavailable:
        # The page is worth reading without them; the search page says what is the matter.
        return []
