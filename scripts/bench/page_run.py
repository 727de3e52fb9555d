"""One run of bench_page.py: the whole results page over HTTP, as people meet it."""

import argparse
import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

import psutil
from setup.stamps import Stamp, digest_of, digest_of_words
from setup.steps import Steps, run_told

from app import create_app
from app.db import unit_of_work
from app.domain.people import OPERATOR
from app.formats.taxonomy_files import read_taxonomy
from app.services.content.load_files import begin, read_file, rules_for
from app.services.content.loading import take_in
from config import PROJECT_DIR, Settings

from .corpus import SEED, Corpus
from .machine import machine
from .options import page_options
from .page_library import WORKERS, Library, Served, remove
from .queries import draw_typed
from .tables import Promise, aligned
from .timing import told
from .workplace import text_in, workplace

POOL = 2000  # different searches; the first is asked for most
FILTERED_EVERY = 4
WARM_UP = 400  # pages, so that both workers have what they keep
ALONE = 1500  # pages of one client
CROWD_S = 10
CLIENTS = (1, 4, 16)
UPDATES = 20
PAUSE_MS = 20  # a single client while the index is drawn anew leaves the machine room
QUIET_S = 15
FOUND_LIMIT_S = 30.0
CODE = ("scripts/bench/corpus.py", "scripts/bench/page_library.py")


def main() -> int:
    """Run the command; return its exit status."""
    options = page_options()
    return run_told(lambda steps: _run(steps, options))


def _run(steps: Steps, options: argparse.Namespace) -> int:
    told_all: dict[str, Any] = {"machine": machine(), "size": options.size}
    for name, value in told_all["machine"].items():
        steps.tell(f"  {name}: {value}")
    with workplace(options.keep) as folder:
        library = Library(folder / f"library-{options.size}")
        text = text_in(folder, options.text, is_anew=options.anew)
        corpus = Corpus(text, read_taxonomy(Settings().taxonomy_dir))
        _fill_once(steps, library, corpus, options)
        paths = _paths(corpus, options.size)
        with library.served() as served:
            told_all |= _visit(steps, served, paths)
            if options.update:
                told_all["findable"] = _publish(steps, library, corpus, served)
            if options.rebuild:
                told_all["rebuild"] = _rebuild(steps, library, served, paths)
    _tell(steps, told_all)
    if options.json:
        options.json.write_text(json.dumps(told_all, indent=1))
    return 0


def _fill_once(steps: Steps, library: Library, corpus: Corpus, options: argparse.Namespace) -> None:
    """Fill the library, unless it stands from the same text and code."""
    stamp = Stamp(library.folder / "filled.stamp")
    code = digest_of_words([PROJECT_DIR / name for name in CODE])
    first = "".join(document.body for document in corpus.documents(5))
    made_from = digest_of(first, str(options.size), code)
    if options.anew or not stamp.holds(made_from):
        remove(library.folder)
        library.fill(steps, corpus, options.size)
        stamp.keep(made_from)
        return
    # The code may write another index today than it did then.
    library.run(steps, "Index", "index", "rebuild")


def _paths(corpus: Corpus, size: int) -> list[str]:
    """Return more search addresses than anyone will ask for, some far more often than others."""
    sample = list(corpus.documents(min(size, 1000)))
    chance = random.Random(SEED)  # noqa: S311 - the same visit every time
    pool = []
    for number, words in enumerate(draw_typed(sample, POOL, SEED)):
        asked = {"q": words}
        if number % FILTERED_EVERY == 0:
            asked["region"] = chance.choice(chance.choice(sample).facets["region"])
        pool.append(f"/search?{urlencode(asked)}")
    # The second is asked for half as often as the first, the third a third (Zipf).
    heap = list(accumulate(1 / rank for rank in range(1, len(pool) + 1)))
    return chance.choices(pool, cum_weights=heap, k=100_000)


def _visit(steps: Steps, served: Served, paths: Sequence[str]) -> dict[str, Any]:
    with steps.step("Warming up"):
        _clients(served, paths[:WARM_UP], clients=4, seconds=60)
    with steps.step("One client"):
        asked = paths[WARM_UP : WARM_UP + ALONE]
        times, _ = _clients(served, asked, clients=1, seconds=60)
    seen = asked[: len(times)]
    found: dict[str, Any] = {
        "page": told(times),
        "repeated": 1 - len(set(seen) - set(paths[:WARM_UP])) / len(seen),
        "pages_per_s": {},
    }
    left = list(paths[WARM_UP + ALONE :])
    for clients in CLIENTS:
        with steps.step(f"{clients} clients"):
            times, took_s = _clients(served, left, clients, CROWD_S)
        del left[: len(times)]
        found["pages_per_s"][str(clients)] = {"rate": len(times) / took_s, **told(times)}
    found["memory_mb"] = _memory(served)
    return found


def _clients(
    served: Served, paths: Sequence[str], clients: int, seconds: int, pause_ms: int = 0
) -> tuple[list[float], float]:
    """Let clients ask, in a process of their own; return the times in ms and the seconds taken."""
    words = map(str, (served.port, clients, seconds, len(paths), pause_ms))
    asked = subprocess.run(
        [sys.executable, "-m", "bench.page_client", *words],
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=True,
    )
    times, took_s, failed = json.loads(asked.stdout)
    if failed or not times:
        sys.exit("A page was not served:\n" + "\n".join(failed))
    return times, took_s


def _memory(served: Served) -> dict[str, Any]:
    """Return the memory of each worker and of the follower, in MiB."""
    workers = psutil.Process(served.server_pid).children()
    megabytes = [process.memory_info().rss / 2**20 for process in workers]
    follower = psutil.Process(served.follower_pid).memory_info().rss / 2**20
    return {"workers": [round(m) for m in megabytes], "follower": round(follower)}


def _publish(steps: Steps, library: Library, corpus: Corpus, served: Served) -> dict[str, float]:
    """Publish changes through the services; return how long until a visitor finds each, in ms."""
    app = create_app(Settings.from_environment(os.environ | library.settings))
    settings, taxonomy = app.extensions["parts"].settings, app.extensions["parts"].taxonomy
    rules = rules_for(taxonomy, {}, (), settings.file_limit_mb)
    times = []
    with steps.step(f"{UPDATES} publications") as step:
        for turn in range(UPDATES):
            step.say(f"{turn} of {UPDATES}")
            word = _new_word(turn)
            document = corpus.document(turn * 7)
            changed = replace(document, body=f"{document.body}\n\nThis is about {word}.")
            path = library.publish(replace(changed, mark="public"), turn * 7)
            run = begin(path, settings.content_dir, rules, settings.picture_limit_mb)
            with unit_of_work() as session:
                take_in(session, OPERATOR, run, read_file(path, rules))
            times.append(_until_found(served, word))
    return told(times)


def _new_word(turn: int) -> str:
    """Return letters that no word has, others at every run and turn."""
    digits = f"{time.time_ns() // 1000 % 10**9}{turn}"
    return "zq" + "".join("bdfgkmprtv"[int(digit)] for digit in digits) + "ox"


def _until_found(served: Served, word: str) -> float:
    """Return how many milliseconds it takes until a visitor finds a word."""
    address = f"http://127.0.0.1:{served.port}/api/v1/search?exact=1&q={word}"
    began = time.perf_counter()
    while time.perf_counter() - began < FOUND_LIMIT_S:
        with urllib.request.urlopen(address, timeout=30) as answer:
            if json.load(answer)["total"] == 1:
                return (time.perf_counter() - began) * 1000
        time.sleep(0.01)
    sys.exit(f"“{word}” was published and is not found.")


def _rebuild(
    steps: Steps, library: Library, served: Served, paths: Sequence[str]
) -> dict[str, Any]:
    """Draw the index anew while one client searches; return its seconds and the client's times."""
    with steps.step("Searching, all quiet"):
        quiet, _ = _clients(served, paths[-5000:], 1, QUIET_S, PAUSE_MS)
    busy: list[float] = []
    with steps.step("Searching meanwhile") as step:
        command = [*library.flask, "index", "rebuild"]
        environment = os.environ | library.settings
        began = time.monotonic()
        rebuilding = subprocess.Popen(
            command, cwd=PROJECT_DIR, env=environment, stdout=subprocess.DEVNULL
        )
        try:
            while rebuilding.poll() is None:
                step.say("the index is drawn anew")
                busy += _clients(served, paths[-5000:], 1, 2, PAUSE_MS)[0]
        finally:
            rebuilding.terminate()
            rebuilding.wait()
        took_s = time.monotonic() - began
    return {"took_s": round(took_s, 1), "quiet": told(quiet), "busy": told(busy)}


def _tell(steps: Steps, found: dict[str, Any]) -> None:
    rows = [["clients", "pages per second", "p50, ms", "p95, ms"]]
    for clients, one in found["pages_per_s"].items():
        rows.append([clients, f"{one['rate']:.0f}", f"{one['p50']:.1f}", f"{one['p95']:.1f}"])
    steps.tell(f"\n{found['size']:,} documents, {WORKERS} workers\n\n{aligned(rows)}")
    memory = found["memory_mb"]
    each = ", ".join(f"{worker} MB" for worker in memory["workers"])
    steps.tell(f"\nmemory: workers {each}; follower {memory['follower']} MB")
    steps.tell(f"searches that were asked for before: {found['repeated']:.0%}\n\nPromises:")
    for promise in _promises(found):
        steps.tell(str(promise))


def _promises(found: dict[str, Any]) -> Iterator[Promise]:
    yield Promise("one client, p50", found["page"]["p50"], 15.0, " ms")
    yield Promise("one client, p95", found["page"]["p95"], 40.0, " ms")
    # The other way round: at least 100 pages a second are at most 10 ms for each.
    rate = found["pages_per_s"]["16"]["rate"]
    yield Promise(f"ms for each page with 16 clients ({rate:.0f} a second)", 1000 / rate, 10.0)
    if "findable" in found:
        yield Promise("published and findable, p95", found["findable"]["p95"], 2000.0, " ms")
    if "rebuild" in found:
        drawn = found["rebuild"]
        yield Promise("rebuild while searching", drawn["took_s"], 40.0, " s")
        ratio = drawn["busy"]["p95"] / drawn["quiet"]["p95"]
        yield Promise("p95 meanwhile, beside quiet", ratio, 3.0, " ×")


if __name__ == "__main__":
    sys.exit(main())
