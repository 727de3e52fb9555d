"""The endpoint where programs read a resource."""

from flask import Response, url_for

from app.api.adoptions.answer import answer_tried
from app.api.edge import current_actor, endpoint_for
from app.api.resources.answer import answer_resource
from app.api.sending import ASK_AGAIN, send_if_changed
from app.db import reading
from app.domain.permissions import Action
from app.services import resources as service
from app.services.adoptions.reading import read_tried

SECTION_LEVEL = 2


@endpoint_for(Action.READ_PUBLIC)
def show(address: str) -> Response:
    """Read one resource, by its permanent id, its slug or a former slug."""
    with reading() as session:
        resource = service.read(session, current_actor(), address)
        revision = service.published_revision(resource)
        sections = service.render(resource, _picture_url).sections
        answer = answer_resource(
            service.content_of(resource),
            tried=answer_tried(read_tried(session, current_actor(), resource)),
            id=resource.id,
            tags=service.tags_of(session, resource),
            slug=resource.slug,
            version=revision.number,
            published_at=revision.published_at,
            sections=[{"id": s.id, "title": s.text} for s in sections if s.level == SECTION_LEVEL],
            pictures=[
                {"name": name, "url": _picture_url(name)}
                for name in service.shown_pictures(revision)
            ],
            attachments=[
                {
                    "name": offered.name,
                    "label": label,
                    "media_type": offered.media_type,
                    "size": offered.size,
                    "sha256": offered.sha256,
                    "url": _attachment_url(resource.slug, offered.name),
                }
                for label, offered in service.offered_files(revision)
            ],
            links=_links(resource.id, resource.slug),
        )
    return send_if_changed(answer.model_dump_json(), ASK_AGAIN)


def _picture_url(name: str) -> str:
    return url_for("resources.picture", name=name, _external=True)


def _attachment_url(slug: str, name: str) -> str:
    return url_for("resources.attachment", address=slug, name=name, _external=True)


def _links(resource_id: str, slug: str) -> dict[str, str]:
    return {
        "self": url_for("api.resource", address=resource_id, _external=True),
        "page": url_for("resources.show", address=slug, _external=True),
        "markdown": url_for("resources.download", address=slug, _external=True),
    }
