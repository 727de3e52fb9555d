"""Pages where anyone looks through the collections, reads one, and takes it away."""

from io import BytesIO

from flask import Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading
from app.domain.permissions import Action, allows
from app.services.collections import changing, listing
from app.services.collections import reading as service
from app.services.collections.publishing import may_publish
from app.web.collections.acts import acts_for
from app.web.collections.blueprint import collections
from app.web.downloads import PICTURE_POLICY
from app.web.edge import current_actor, page_for, parts
from app.web.search.page_numbers import page_asked, page_numbers


@collections.get("/collections")
@page_for(Action.READ_PUBLIC)
def index() -> str:
    """Show the published collections that the reader may see, and their own first."""
    actor = current_actor()
    region = request.args.get("region", "")
    if region not in parts().taxonomy.codes("regions"):
        region = ""
    page = page_asked(request.args.get("page", ""))
    with reading() as session:
        found = listing.find_published(session, actor, region, page)
        return render_template(
            "collections/index.html",
            found=found,
            mine=listing.find_mine(session, actor) if page == 1 and not region else (),
            region=region,
            page=page,
            may_collect=allows(actor, Action.COLLECT),
            pages=page_numbers(page, found.total, listing.PER_PAGE),
            page_url=lambda number: url_for(".index", region=region or None, page=number),
        )


@collections.get("/collections/<address>")
@page_for(Action.READ_PUBLIC)
def show(address: str) -> str | AnyResponse:
    """Show one collection; a former address or the permanent one leads to the present one."""
    actor = current_actor()
    with reading() as session:
        seen = service.look(session, actor, address)
        collection = seen.collection
        if collection.slug != address:
            return redirect(url_for(".show", address=collection.slug), 301)
        introduction = service.introduction_of(collection)
        return render_template(
            "collections/show.html",
            seen=seen,
            collection=collection,
            introduction=introduction.html,
            notes=service.notes_of(seen),
            may_keep=allows(actor, Action.COLLECT, collection),
            may_publish=may_publish(actor, collection),
            missing_for=listing.missing_for,
            acts=acts_for(actor),
        )


@collections.get("/collections/<address>.md")
@page_for(Action.READ_PUBLIC)
def download(address: str) -> AnyResponse:
    """Hand out a collection as a Markdown file, with the items that the reader may see."""
    with reading() as session:
        seen = service.look(session, current_actor(), address)
        slug = seen.collection.slug
        if slug != address:
            return redirect(url_for(".download", address=slug), 301)
        answer = send_file(
            BytesIO(service.as_markdown(seen)),
            mimetype="text/markdown",
            as_attachment=True,
            download_name=f"{slug}.md",
        )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@collections.get("/collections/<address>/audience")
@page_for(Action.READ_PUBLIC)
def audience(address: str) -> str | AnyResponse:
    """Say who can see a collection, and that each reads in it what they may read anyway."""
    with reading() as session:
        seen = service.look(session, current_actor(), address)
        if seen.collection.slug != address:
            return redirect(url_for(".audience", address=seen.collection.slug), 301)
        return render_template("collections/audience.html", collection=seen.collection)


@collections.get("/collections/<address>/cover")
@page_for(Action.READ_PUBLIC)
def cover(address: str) -> Response:
    """Show the cover picture of a collection that the reader may see."""
    with reading() as session:
        found = changing.read_cover(session, current_actor(), address)
        answer = send_file(BytesIO(found.data), mimetype=found.media_type, etag=found.sha256)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    # A restricted picture must not stay in a shared cache.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
