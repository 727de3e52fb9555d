"""Pages of what was shared with a person, what they shared, and their groups."""

from flask import abort, flash, redirect, render_template, request, url_for

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.services.shares import groups as group_service
from app.services.shares import links as link_service
from app.services.shares import reading as service
from app.services.shares import sending
from app.web.edge import current_actor, page_for, parts
from app.web.search.page_numbers import page_asked, page_numbers
from app.web.shares.blueprint import Page, page_of, shares
from app.web.shares.forms import GroupForm, MemberForm


@shares.get("/shares")
@page_for(Action.SHARE)
def index() -> Page:
    """Show what others sent to the person, newest first."""
    page = page_asked(request.args.get("page", ""))
    with reading() as session:
        found = service.find_with_me(session, current_actor(), page)
        return render_template(
            "shares/index.html",
            found=found,
            page_of=page_of,
            pages=page_numbers(found.page, found.total, found.per_page),
            page_url=lambda number: url_for("shares.index", page=number),
        )


@shares.get("/shares/sent")
@page_for(Action.SHARE)
def sent() -> Page:
    """Show what the person sent, and the secret links that they made."""
    page, actor = page_asked(request.args.get("page", "")), current_actor()
    with reading() as session:
        found = service.find_by_me(session, actor, parts().taxonomy, page)
        return render_template(
            "shares/sent.html",
            found=found,
            links=link_service.find_links(session, actor) if page == 1 else (),
            over=link_service.over,
            is_good=link_service.is_good_now,
            page_of=page_of,
            pages=page_numbers(found.page, found.total, found.per_page),
            page_url=lambda number: url_for("shares.sent", page=number),
        )


@shares.get("/shares/<int:share_id>")
@page_for(Action.SHARE)
def one(share_id: int) -> Page:
    """Show one share: who sent it, what they say, and where it leads."""
    actor = current_actor()
    with reading() as session:
        line = service.read_share(session, actor, parts().taxonomy, share_id)
        return render_template(
            "shares/one.html", line=line, page_of=page_of, is_mine=line.share.from_id == actor.id
        )


@shares.post("/shares/<int:share_id>/take-back")
@page_for(Action.SHARE)
def take_back(share_id: int) -> Page:
    """Take a share back."""
    with unit_of_work() as session:
        sending.take_back(session, current_actor(), share_id)
    flash("Taken back: it stands on nobody’s list any more.", "success")
    return redirect(url_for("shares.sent"), 303)


@shares.post("/shares/links/<int:link_id>/revoke")
@page_for(Action.SHARE)
def revoke_link(link_id: int) -> Page:
    """End a secret link at once."""
    with unit_of_work() as session:
        link_service.revoke_link(session, current_actor(), link_id)
    flash("Revoked. The link opens nothing any more.", "success")
    return redirect(url_for("shares.sent"), 303)


@shares.route("/shares/groups", methods=["GET", "POST"])
@page_for(Action.SHARE)
def groups() -> Page:
    """Show the person's groups, and make another."""
    form, actor = GroupForm(), current_actor()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                made = group_service.make_group(session, actor, form.name.data)
                where = url_for("shares.group", group_id=made.id)
        except InvalidInput as refusal:
            form.name.errors = [str(refusal)]
        else:
            return redirect(where, 303)
    with reading() as session:
        found = group_service.find_groups(session, actor)
        page = render_template("shares/groups.html", groups=found, form=form)
    return page, 422 if form.errors else 200


@shares.route("/shares/groups/<int:group_id>", methods=["GET", "POST"])
@page_for(Action.SHARE)
def group(group_id: int) -> Page:
    """Show a group with its members, and add one."""
    form, actor = MemberForm(), current_actor()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                group_service.add_member(
                    session, actor, parts().taxonomy, group_id, form.email.data
                )
        except InvalidInput as refusal:
            form.email.errors = [str(refusal)]
        else:
            flash("Added.", "success")
            return redirect(url_for("shares.group", group_id=group_id), 303)
    with reading() as session:
        found = group_service.read_group(session, actor, group_id)
        page = render_template("shares/group.html", group=found, form=form)
    return page, 422 if form.errors else 200


@shares.post("/shares/groups/<int:group_id>/change")
@page_for(Action.SHARE)
def change_group(group_id: int) -> Page:
    """Rename a group, take somebody out of it, or delete it."""
    actor, here = current_actor(), url_for("shares.group", group_id=group_id)
    with unit_of_work() as session:
        match request.form.get("do"):
            case "rename":
                try:
                    name = request.form.get("name", "")
                    group_service.rename_group(session, actor, group_id, name)
                except InvalidInput as refusal:
                    flash(str(refusal), "error")
            case "remove":
                person_id = request.form.get("person_id", type=int, default=0)
                group_service.remove_member(session, actor, group_id, person_id)
            case "delete":
                group_service.delete_group(session, actor, group_id)
                here = url_for("shares.groups")
            case _:
                group_service.read_group(session, actor, group_id)
                abort(400)
    return redirect(here, 303)
