"""A pack as pages: to print, to draw as PDF, to open from a memory stick."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from flask import current_app, render_template, url_for

from app.domain.handouts import Block, is_cut
from app.domain.pack_contents import (
    DATA_PROTECTION,
    FEEDBACK_NOTE,
    FEEDBACK_QUESTIONS,
    SIGN_IN_COLUMNS,
    SIGN_IN_ROWS,
    Pack,
    PackItem,
)
from app.formats.pack_search import search_index
from app.formats.pack_zip import safe_name
from app.formats.qr_codes import qr_data_uri
from app.services.packs.taking import render_item
from app.web.edge import parts
from app.web.labels import day
from app.web.packs.forms import said_for

STYLE, OFFLINE_STYLE, SEARCH = "pack.css", "pack-offline.css", "pack-search.js"
FONTS = ("vendor/roboto-latin-400.woff2", "vendor/roboto-latin-700.woff2")
# Of the zip's pages: what lies beside them, and nothing of any server. Browsers differ in whether
# 'self' means anything for files.
OFFLINE_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "
    "img-src 'self' file: data:; font-src 'self' file:; base-uri 'none'; form-action 'none'"
)
HTML_LANGUAGES = {"en": "en-GB"}


def address_of(item: PackItem) -> str:
    """Return an item's permanent address, in full."""
    return url_for("resources.show", address=item.id, _external=True)


def cover_words(pack: Pack) -> dict[str, str]:
    """Return what a cover says of the day and of who may read the pack."""
    return {"when": day(pack.plan.held_on), "for_whom": for_whom_of(pack)}


def for_whom_of(pack: Pack) -> str:
    """Return whom a pack is for, as its cover says it."""
    said = said_for(pack.plan.for_whom, pack.region)
    return f"For {said[0].lower()}{said[1:]}"


def runs_of(blocks: Iterable[Block]) -> list[tuple[bool, list[Block]]]:
    """Return blocks as runs: items of one list together, paragraphs together."""
    return [(is_item, list(run)) for is_item, run in groupby(blocks, key=lambda b: b.is_item)]


def print_html(pack: Pack, style: str, back: str = "") -> str:
    """Return the pages to print, as one page; `back` is where they were asked for, if anywhere."""
    return render_template("packs/print.html", style=style, back=back, **_words(pack))


def files_for_pdf() -> dict[str, bytes]:
    """Return all that the print pages may ask for, by name."""
    return {name: data for name in (STYLE, *FONTS) if (data := _static(name))}


def zip_files(pack: Pack) -> dict[str, bytes]:
    """Return every file of the offline zip by its name; the pack comes with its bytes."""
    names = {item.number: f"items/{item.number:02d}.html" for item in pack.items}
    files = {
        "index.html": _page("packs/offline.html", pack, page_of=names),
        "print.html": print_html(pack, f"assets/{STYLE}", back="index.html").encode(),
        "README.txt": render_template("packs/readme.txt", **_words(pack)).encode(),
        "assets/index.js": search_index(pack, parts().taxonomy, names),
        **{
            f"assets/{name}": _static(name)
            for name in (STYLE, OFFLINE_STYLE, SEARCH, *FONTS)
            if _static(name)
        },
    }
    taken = _taken(pack)
    for item in pack.items:
        files[names[item.number]] = _item_page(pack, item, names, taken)
        files |= {taken[p.name]: p.data for p in item.pictures if p.data}
        files |= {taken[f.name]: f.data for f in item.files if f.data}
    return files


def _taken(pack: Pack) -> dict[str, str]:
    """Return where the zip keeps each picture and file, by its name in the library."""
    kept = [("pictures", p.name) for item in pack.items for p in item.pictures if p.data]
    kept += [("files", f.name) for item in pack.items for f in item.files if f.data]
    return {name: f"{folder}/{safe_name(name, at)}" for at, (folder, name) in enumerate(kept, 1)}


def _item_page(
    pack: Pack, item: PackItem, names: Mapping[int, str], taken: Mapping[str, str]
) -> bytes:
    return _page(
        "packs/offline_item.html",
        pack,
        item=item,
        html=render_item(
            item,
            lambda name: f"../{taken[name]}" if name in taken else "",
            lambda path: _link_from_item(pack, names, path),
        ),
        taken=taken,
        page_of=names,
    )


def _link_from_item(pack: Pack, names: Mapping[int, str], path: str) -> str:
    """Return where a link between resources leads in the zip: beside, or to the library."""
    for item in pack.items:
        if path in (f"/resources/{item.slug}", f"/resources/{item.id}"):
            return names[item.number].rpartition("/")[2]
    return url_for("home.index", _external=True).rstrip("/") + path


def _page(template: str, pack: Pack, **more: Any) -> bytes:
    return render_template(template, **_words(pack), **more).encode()


def _words(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack,
        "OFFLINE_POLICY": OFFLINE_POLICY,
        "runs": runs_of,
        "address_of": address_of,
        "qr": lambda item: qr_data_uri(address_of(item)),
        "is_cut": is_cut,
        "html_language": lambda code: HTML_LANGUAGES.get(code, code),
        "data_protection": DATA_PROTECTION,
        "feedback_note": FEEDBACK_NOTE,
        "questions": FEEDBACK_QUESTIONS,
        "columns": SIGN_IN_COLUMNS,
        "rows": SIGN_IN_ROWS,
        **cover_words(pack),
    }


def _static(name: str) -> bytes:
    path = Path(current_app.static_folder or "") / name
    return path.read_bytes() if path.is_file() else b""
