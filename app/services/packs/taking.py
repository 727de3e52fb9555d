"""Take a pack along: the bytes of the pictures that it shows and of the files that it holds."""

import re
from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.pack_contents import Pack, PackFile, PackItem
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.formats.markdown import render_markdown
from app.models.pictures import Picture
from app.models.submissions import Attachment

OWN_LINK = re.compile(r"\]\((/[^)\s]*)")
FILES_LIMIT_BYTES = 50_000_000  # all files for download together; what is over stays behind


def require_taking(actor: Actor) -> None:
    """Do nothing where the actor may take packs away as files.

    Raises:
        NotAllowed: they are not signed in.
    """
    require(actor, Action.TAKE_PACK)


def with_bytes(session: Session, actor: Actor, pack: Pack) -> Pack:
    """Return a pack that `gather` gave, its pictures and wanted files with their bytes.

    Files come in the order of the items while they keep within the limit; one that does not
    is left without bytes.

    Raises:
        NotAllowed: the actor is not signed in.
    """
    require_taking(actor)
    pictures = _pictures(session, {p.name for item in pack.items for p in item.pictures})
    files = _files(session, _within_limit(pack)) if pack.plan.with_files else {}
    items = tuple(
        replace(
            item,
            pictures=_filled(item.pictures, pictures),
            files=_filled(item.files, files),
        )
        for item in pack.items
    )
    return replace(pack, items=items)


def render_item(
    item: PackItem, picture_url: Callable[[str], str], link_to: Callable[[str], str]
) -> Markup:
    """Return an item's whole words as safe HTML; it shows its own pictures only.

    `link_to` gives where a link goes that begins at the library's own root: there is none here.
    """
    held = {picture.name for picture in item.pictures}
    rendered = render_markdown(
        OWN_LINK.sub(lambda found: f"]({link_to(found[1])}", item.body),
        picture_url=lambda name: picture_url(name) if name in held else None,
        title=item.title,
    )
    return rendered.html


def _filled(held: tuple[PackFile, ...], data: dict[str, bytes]) -> tuple[PackFile, ...]:
    return tuple(replace(one, data=data.get(one.name, b"")) for one in held)


def _within_limit(pack: Pack) -> set[str]:
    sizes = {file.name: file.size for item in pack.items for file in item.files}
    names, total = set(), 0
    for name, size in sizes.items():
        if total + size <= FILES_LIMIT_BYTES:
            names.add(name)
            total += size
    return names


def _pictures(session: Session, names: set[str]) -> dict[str, bytes]:
    asked = select(Picture).where(Picture.name.in_(names)).options(undefer(Picture.data))
    return {picture.name: picture.data for picture in session.scalars(asked)}


def _files(session: Session, names: set[str]) -> dict[str, bytes]:
    asked = select(Attachment).where(Attachment.name.in_(names)).options(undefer(Attachment.data))
    return {file.name: file.data for file in session.scalars(asked)}
