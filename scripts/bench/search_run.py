"""One run of bench_search.py: engines take turns, each part in a process of its own."""

import argparse
import json
import shutil
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from setup.stamps import Stamp, digest_of, digest_of_words
from setup.steps import Steps, run_told

from app.formats.taxonomy_files import read_taxonomy
from config import PROJECT_DIR, Settings

from . import tables
from .corpus import SEED, Corpus
from .machine import machine
from .options import engines_for, search_options
from .queries import draw_queries
from .timing import agreement
from .workplace import TEXT, text_in, workplace

DRAWN_FROM = 1000  # documents that the queries' words are counted in; the first of every size
ADVICE = "Is there room on the disk? Take fewer documents with --sizes, or another --keep folder."
# What decides how an index lies on the disk: where it changes, a kept one is built anew.
CODE = ("scripts/bench/corpus.py", "app/search/analysis.py", "app/search/fields.py")
OWN_CODE = {
    "ours": (
        "app/search/engines/whoosh_schema.py",
        "app/search/engines/whoosh_internals.py",
        "app/search/segments/segment_arrays.py",
        "app/search/segments/document_drawing.py",
        "app/search/segments/posting_drawing.py",
    ),
    "tantivy": ("scripts/bench/tantivy_engine.py",),
    "tantivy-stored": ("scripts/bench/tantivy_engine.py",),
    "fts5": ("scripts/bench/fts5.py",),
    "whoosh": ("scripts/bench/whoosh_plain.py",),
}


def main() -> int:
    """Run the command; return its exit status."""
    options = search_options()
    return run_told(lambda steps: _run(steps, options))


def _run(steps: Steps, options: argparse.Namespace) -> int:
    with workplace(options.keep) as folder:
        told = _prepare(steps, options, folder)
        for size in options.sizes:
            told["sizes"][str(size)] = figures = _measure(steps, options, folder, size)
            _tell(steps, size, figures, told)
            if options.json:
                options.json.write_text(json.dumps(told, indent=1))
    return 0


def _prepare(steps: Steps, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Gather the text and draw the queries; both are written down for the workers."""
    with steps.step("Text and queries"):
        text = text_in(folder, options.text, is_anew=options.anew)
        corpus = Corpus(text, read_taxonomy(Settings().taxonomy_dir))
        sample = list(islice(corpus.documents(DRAWN_FROM), min(options.sizes)))
        draw_queries(sample, options.queries, SEED).save(folder / "queries.json")
    distinct = {word.lower() for paragraph in text.paragraphs for word in paragraph.split()}
    told = {"paragraphs": len(text.paragraphs), "words": text.word_count, "distinct": len(distinct)}
    for name, value in machine().items():
        steps.tell(f"  {name}: {value}")
    counts = "{words:,} words in {paragraphs:,} paragraphs, {distinct:,} distinct".format_map(told)
    steps.tell(f"  text: {counts}")
    steps.tell(f"  queries: {options.queries} of each of 8 kinds, seed {SEED}")
    return {"machine": machine(), "text": told, "queries": options.queries, "sizes": {}}


def _measure(
    steps: Steps, options: argparse.Namespace, folder: Path, size: int
) -> dict[str, dict[str, Any]]:
    """Build with each engine in turn, then ask each in turn, then update each."""
    place = folder / f"documents-{size}"
    place.mkdir(exist_ok=True)
    names = engines_for(size, options.engines)
    figures: dict[str, dict[str, Any]] = {name: {} for name in names}
    for name in names:
        figures[name] |= _built(steps, name, size, place, is_anew=options.anew)
    for name in names:
        figures[name] |= _work(steps, "ask", name, size, place / name)
    for name in names:
        figures[name] |= _updated(steps, name, size, place)
    if options.odd and "ours" in names:
        figures["ours"]["odd"] = _work(steps, "odd", "ours", size, place / "ours")
    return figures


def _built(steps: Steps, name: str, size: int, place: Path, *, is_anew: bool) -> dict[str, Any]:
    """Build an index, unless one stands from the same text and code; return its figures."""
    home, kept, stamp = place / name, place / f"{name}-build.json", Stamp(place / f"{name}.stamp")
    code = digest_of_words([PROJECT_DIR / file for file in (*CODE, *OWN_CODE[name])])
    made_from = digest_of((place.parent / TEXT).read_text(), str(size), code)
    if is_anew or not (stamp.holds(made_from) and kept.is_file()):
        stamp.lift()
        shutil.rmtree(home, ignore_errors=True)
        kept.write_text(json.dumps(_work(steps, "build", name, size, home)))
        stamp.keep(made_from)
    return dict(json.loads(kept.read_text()))


def _updated(steps: Steps, name: str, size: int, place: Path) -> dict[str, Any]:
    """Update a copy: what is kept stays as it was built."""
    copy = place / f"{name}-to-update"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(place / name, copy)
    try:
        return _work(steps, "update", name, size, copy)
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _work(steps: Steps, part: str, name: str, size: int, home: Path) -> dict[str, Any]:
    """Run one part in a process of its own; return its figures."""
    output = home.parent / f"{name}-{part}-figures.json"
    home.mkdir(exist_ok=True)
    with steps.step(f"{name}, {size:,}: {part}") as step:
        command: list[str | Path] = [sys.executable, "-m", "bench.worker", part, name]
        step.run([*command, str(size), home, output], ADVICE, progress=_last_line)
    return dict(json.loads(output.read_text()))


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    return lines[-1] if lines else ""


def _tell(steps: Steps, size: int, figures: dict[str, Any], told: dict[str, Any]) -> None:
    for title, table in (
        (f"{size:,} documents, warm", tables.times_table(figures, "warm")),
        (f"{size:,} documents, first touch", tables.times_table(figures, "cold")),
        (f"{size:,} documents, keeping", tables.keeping_table(figures)),
    ):
        steps.tell(f"\n{title}\n\n{table}")
    if tables.PEER in figures and len(figures) > 1:
        steps.tell(f"\n{size:,} documents, medians warm\n\n{tables.ratio_table(figures)}")
    if tables.PEER in figures and "ours" in figures:
        agreed = agreement(figures["ours"]["totals"], figures[tables.PEER]["totals"])
        told.setdefault("agreement", {})[str(size)] = agreed
        shares = ", ".join(f"{kind} {share:.0%}" for kind, share in sorted(agreed.items()))
        steps.tell(f"\nTotals that agree with {tables.PEER}'s within 2 %: {shares}")
    pages = {name: one["page"]["corrected"] for name, one in figures.items() if "page" in one}
    told_pages = ", ".join(f"{name} {number}" for name, number in pages.items())
    steps.tell(f"Searches that were corrected, of {3 * told['queries']}: {told_pages}")
    steps.tell(f"\nPromises at {size:,}:")
    for promise in tables.promises(size, figures):
        steps.tell(str(promise))
    odd = figures.get("ours", {}).get("odd")
    if odd:
        _tell_odd(steps, odd)


def _tell_odd(steps: Steps, odd: dict[str, Any]) -> None:
    for promise in tables.odd_promises(odd):
        steps.tell(str(promise))
    steps.tell("  slowest: " + ", ".join(f"{text} {took} ms" for text, took in odd["slowest"]))
    steps.tell("".join(f"\n  failed: {line}" for line in odd["failed"]))


if __name__ == "__main__":
    sys.exit(main())
