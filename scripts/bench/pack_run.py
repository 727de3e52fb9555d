"""One run of bench_pack.py: a pack of the library's longest case studies, drawn in every form."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from ulid import ULID

from app import create_app
from app.db import reading, unit_of_work
from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.pack_contents import Pack
from app.domain.packs import Plan
from app.domain.people import OPERATOR
from app.formats import pack_pdf
from app.formats.pack_word import to_word
from app.formats.pack_zip import to_zip
from app.models.collections import Collection, CollectionItem, CollectionSection
from app.models.resources import Revision
from app.services.packs import gathering, taking
from app.web.packs import drawing
from config import PROJECT_DIR, Settings

from .tables import Promise, aligned

ITEMS = 8
TURNS = 5
LIMITS_S = {"PDF": 10.0, "zip": 3.0}


def main() -> int:
    """Run the command; return its exit status."""
    with tempfile.TemporaryDirectory(prefix="bench-pack-") as folder:
        settings = {
            "DATABASE_URL": f"sqlite:///{folder}/library.sqlite",
            "INDEX_DIR": str(Path(folder) / "index"),
            "CONTENT_DIR": str(PROJECT_DIR / "content"),
            "FOLLOWER": "none",
        }
        environment = os.environ | settings | {"FLASK_APP": "wsgi.py"}
        load = [sys.executable, "-m", "flask", "content", "load"]
        subprocess.run(
            load, cwd=PROJECT_DIR, env=environment, check=True, stdout=subprocess.DEVNULL
        )
        app = create_app(Settings.from_environment(environment))
        with app.test_request_context(base_url="https://library.example"):
            return _measure(app)


def _measure(app: Flask) -> int:
    with unit_of_work() as session:
        _collect(session)
    forms: dict[str, Callable[[], bytes]] = {
        "print pages": lambda: drawing.print_html(_pack(app), drawing.STYLE).encode(),
        "Word": lambda: to_word(_pack(app), "", "For everyone", drawing.address_of),
        "zip": lambda: to_zip(drawing.zip_files(_pack(app)), "pack"),
    }
    if pack_pdf.can_draw_pdf():
        forms["PDF"] = lambda: pack_pdf.draw_pdf(
            drawing.print_html(_pack(app), drawing.STYLE), drawing.files_for_pdf()
        )
    rows = [["form", "median, s", "slowest, s", "processor, s", "kB"]]
    promises = []
    for name, draw in forms.items():
        times, busy_s, size = _timed(draw)
        figures = (median(times), max(times), busy_s)
        rows.append([name, *(f"{one:.2f}" for one in figures), f"{size / 1000:.0f}"])
        if name in LIMITS_S:
            promises.append(Promise(f"{name}, median", median(times), LIMITS_S[name], " s"))
    print(f"{ITEMS} resources, {TURNS} times each\n\n{aligned(rows)}\n")
    for promise in promises:
        print(promise)
    if "PDF" not in forms:
        print(pack_pdf.MISSING)
    return 0


def _timed(draw: Callable[[], bytes]) -> tuple[list[float], float, int]:
    """Return the times by the clock, the processor's for each, the child's too, and the size."""
    times, size, busy = [], 0, sum(os.times()[:4])
    for _ in range(TURNS):
        began = time.perf_counter()
        size = len(draw())
        times.append(time.perf_counter() - began)
    return times, (sum(os.times()[:4]) - busy) / TURNS, size


def _pack(app: Flask) -> Pack:
    with reading() as session:
        offer = gathering.read_offer(session, OPERATOR, "bench")
        plan = Plan(Audience.PUBLIC, "A day")
        pack = gathering.gather(session, OPERATOR, offer, plan, app.extensions["parts"].taxonomy)
        return taking.with_bytes(session, OPERATOR, pack)


def _collect(session: Session) -> None:
    """Make a collection of the longest public resources."""
    asked = select(Revision).where(
        Revision.state == "published", Revision.audience == Audience.PUBLIC
    )
    longest = session.scalars(
        asked.order_by(func.length(Revision.body_markdown).desc()).limit(ITEMS)
    )
    collection = Collection(
        id=str(ULID()),
        slug="bench",
        title="A day",
        state=CollectionState.PUBLISHED,
        published_on=date(2026, 1, 1),
        region="tayside",
    )
    section = CollectionSection(position=0)
    collection.sections.append(section)
    session.add(collection)
    session.flush()
    section.items = [
        CollectionItem(collection_id=collection.id, resource_id=one.resource_id, position=place)
        for place, one in enumerate(longest)
    ]


if __name__ == "__main__":
    sys.exit(main())
