"""One engine at one size, in a process of its own, so that its memory is its own.

    python -m bench.worker build|ask|update|odd ENGINE SIZE FOLDER OUTPUT

The engine keeps its index in FOLDER; text.json and queries.json lie two folders above.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from app.formats.taxonomy_files import read_taxonomy
from app.search.port import SearchDocument
from config import Settings

from .corpus import Corpus
from .engine import BenchEngine
from .odd import odd_strings
from .queries import KINDS, Asked, QuerySet
from .texts import Text
from .timing import OVERALL, Times, clock, take_times, told, told_by_kind

# Only the engine that is asked is imported: the others' code would count as its memory.
ENGINES = {
    "ours": ("bench.ours", "Ours"),
    "tantivy": ("bench.tantivy_engine", "TantivyEngine"),
    "tantivy-stored": ("bench.tantivy_engine", "TantivyStored"),
    "fts5": ("bench.fts5", "Fts5"),
    "whoosh": ("bench.whoosh_plain", "WhooshPlain"),
}
UPDATES = 40
WARM_UPS = 3  # updates that are not counted: the first opens a writer
FINDABLE_LIMIT_S = 30.0
MIB = 2**20


def main() -> None:
    """Do one part and write its figures down."""
    options = _options()
    module, name = ENGINES[options.engine]
    engine = getattr(import_module(module), name)(options.folder)
    shared, size = options.folder.parent.parent, options.size
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "build": lambda: _build(engine, _corpus(shared), size, options.folder),
        "ask": lambda: _ask(engine, QuerySet.load(shared / "queries.json")),
        "update": lambda: _update(engine, _corpus(shared), size),
        "odd": lambda: _odd(engine, QuerySet.load(shared / "queries.json")),
    }
    options.output.write_text(json.dumps(parts[options.part]()))


def _corpus(shared: Path) -> Corpus:
    return Corpus(Text.load(shared / "text.json"), read_taxonomy(Settings().taxonomy_dir))


def _build(engine: BenchEngine, corpus: Corpus, size: int, folder: Path) -> dict[str, Any]:
    before = size_of(folder)
    began = time.monotonic()
    engine.build(_counted(corpus.documents(size), size))
    took_s = time.monotonic() - began
    began = time.monotonic()
    for _ in corpus.documents(size):
        pass  # what drawing the documents took is not the engine's
    drawing_s = time.monotonic() - began
    return {
        "build_s": round(took_s - drawing_s, 2),
        "size_mb": round((size_of(folder) - before) / MIB, 1),
        "build_rss_mb": _rss_mb(),
    }


def _ask(engine: BenchEngine, queries: QuerySet) -> dict[str, Any]:
    bare_mb = _rss_mb()
    opening_ms = clock(lambda _: engine.open(), None)
    _tell("each query once, then again")
    times = take_times(engine.find, queries.asked, engine.forget)
    kinds = [asked.kind for asked in queries.asked]
    figures = {
        "bare_mb": bare_mb,
        "open_ms": round(opening_ms, 2),
        "cold": told_by_kind(times.cold, kinds),
        "warm": told_by_kind(times.warm, kinds),
        "rss_mb": _rss_mb(),
        "totals": _totals(engine, queries.asked),
    }
    if engine.has_page:
        figures["page"] = _ask_pages(engine, queries)
        figures["rss_with_page_mb"] = _rss_mb()
    return figures


def _ask_pages(engine: BenchEngine, queries: QuerySet) -> dict[str, Any]:
    engine.open_page()
    _tell("whole pages")
    times: Times = take_times(engine.page, queries.typed, engine.forget)
    corrected = sum(bool(engine.page(words).correction) for words in queries.typed)
    return {"cold": told(times.cold), "warm": told(times.warm), "corrected": corrected}


def _totals(engine: BenchEngine, asked: tuple[Asked, ...]) -> dict[str, list[int]]:
    return {kind: [engine.find(one).total for one in asked if one.kind == kind] for kind in KINDS}


def _update(engine: BenchEngine, corpus: Corpus, size: int) -> dict[str, Any]:
    """Replace documents, each with a word of its own, and look for it until it is found."""
    engine.open()
    engine.open_page()
    written, findable = [], []
    step = max(1, size // (UPDATES + WARM_UPS))
    for turn in range(UPDATES + WARM_UPS):
        document, word = _changed(corpus, turn * step % size, turn)
        began = time.perf_counter()
        written.append(clock(engine.update, document))
        _wait_until_found(engine, word, document.id)
        findable.append((time.perf_counter() - began) * 1000)
    return {"update": told(written[WARM_UPS:]), "findable": told(findable[WARM_UPS:])}


def _changed(corpus: Corpus, number: int, turn: int) -> tuple[SearchDocument, str]:
    # Letters only, and no ending that a stemmer would cut.
    word = "qx" + "".join("bdfgkmprtv"[int(digit)] for digit in f"{turn:04d}") + "ox"
    document = corpus.document(number)
    return replace(document, body=f"{document.body} {word}", fingerprint=word), word


def _wait_until_found(engine: BenchEngine, word: str, wanted: str) -> None:
    give_up = time.monotonic() + FINDABLE_LIMIT_S
    while engine.find(Asked("one word", (word,))).ids != [wanted]:
        if time.monotonic() > give_up:
            sys.exit(f"{wanted} was written and is not found by “{word}”.")
        time.sleep(0.001)


def _odd(engine: BenchEngine, queries: QuerySet) -> dict[str, Any]:
    """Put odd strings to the whole page; count what raises and what takes long."""
    engine.open()
    engine.open_page()
    failed: list[str] = []
    times: dict[str, float] = {}
    for text in odd_strings(queries.typed):
        engine.forget()
        try:
            times[text] = clock(partial(engine.page), text)
        except Exception as error:  # whatever it is, it is what is looked for
            failed.append(f"{text[:60]!r}: {error!r}"[:200])
    slowest = sorted(times, key=times.__getitem__, reverse=True)[:5]
    return {
        "asked": len(times) + len(failed),
        "failed": failed[:20],
        "failures": len(failed),
        "over_100_ms": sum(took > 100 for took in times.values()),  # noqa: PLR2004 - the promise
        OVERALL: told(list(times.values())),
        "slowest": [[repr(text[:60]), round(times[text], 1)] for text in slowest],
    }


def size_of(folder: Path) -> int:
    """Return how many bytes the files below a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _counted(documents: Iterator[SearchDocument], size: int) -> Iterator[SearchDocument]:
    for number, document in enumerate(documents):
        if number % 500 == 0:
            _tell(f"{number:,} of {size:,}")
        yield document


def _tell(progress: str) -> None:
    sys.stdout.write(progress + "\n")
    sys.stdout.flush()


def _rss_mb() -> float:
    return round(float(psutil.Process().memory_info().rss) / MIB, 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("build", "ask", "update", "odd"))
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
