"""Try the library hard: searching while it grows, and loads that are killed half-way.

Run it with the project's own Python: `.venv/bin/python scripts/soak.py`. It makes a
library of its own in a temporary folder, talks to loopback only, stops by itself,
prints figures, and ends with status 1 when anything was wrong.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
WORDS = ("numeracy", "reading P5", "PEF", "outdoor learning", '"number talks"', "numercy", "")
REGIONS = ("tayside", "south-east", "south-west", "northern-alliance", "west-partnership")
START_LIMIT_S = 60
HEAD = """---
kind: case-study
title: {title}
notice: Made by a trial from shuffled paragraphs of invented examples.
region: {region}
stages: [p5]
---
## Context

"""


@dataclass
class Library:
    """A library of its own, in a temporary folder."""

    folder: Path

    def __post_init__(self) -> None:
        for name in ("case-studies", "professional-learning"):
            shutil.copytree(PROJECT / "content" / name, self.folder / "content" / name)

    @property
    def environment(self) -> dict[str, str]:
        """What points the product at this library."""
        return os.environ | {
            "DATABASE_URL": f"sqlite:///{self.folder}/library.sqlite",
            "CONTENT_DIR": f"{self.folder}/content",
            "INDEX_DIR": f"{self.folder}/index",
            "ENVIRONMENT": "development",
            "FLASK_APP": "wsgi.py",
        }

    def flask(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def begin(self, *words: str) -> "subprocess.Popen[bytes]":
        """Begin a command of the project's Python; its words go to the log."""
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=PROJECT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    @contextmanager
    def served(self) -> "Iterator[tuple[str, int]]":
        """Serve it; yield the address and the server's process id."""
        server = self.begin(
            "gunicorn", "--workers=1", "--threads=8", "--bind=127.0.0.1:0", "wsgi:app"
        )
        try:
            log, address = self.folder / "log", re.compile(r"http://127\.0\.0\.1:\d+")
            wait_for(lambda: bool(address.search(log.read_text())), START_LIMIT_S)
            found = address.search(log.read_text())
            if found is None:
                raise SystemExit(f"The server did not start:\n{log.read_text()}")
            yield found[0], server.pid
        finally:
            server.terminate()
            server.wait(30)


@dataclass
class Findings:
    """What the clients saw."""

    times_ms: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Run both trials; return the exit status."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.flask("content", "load")
        faults = grow_while_searching(library, options.resources, options.clients)
        faults += kill_loads(library, options.kills)
    print("\n".join(faults[:20]))
    print(f"{len(faults)} faults")
    return int(bool(faults))


def grow_while_searching(library: Library, resources: int, clients: int) -> list[str]:
    """Load resources while clients search; no answer may fail, no total may be wrong."""
    make_resources(library.folder / "extra", resources, seed=7)
    findings, done = Findings(), threading.Event()
    with library.served() as (address, pid):
        if wait_for(lambda: total(address) > 0, START_LIMIT_S) is None:
            raise SystemExit(f"Nothing is found:\n{(library.folder / 'log').read_text()}")
        wanted = total(address) + resources
        tasks = [(_search, (address, findings, done)) for _ in range(clients)]
        threads = [threading.Thread(target=task, args=args) for task, args in tasks]
        threads.append(threading.Thread(target=_watch, args=(pid, findings, done)))
        for thread in threads:
            thread.start()
        started = time.monotonic()
        load = library.flask("content", "load", f"{library.folder}/extra")
        load_s = time.monotonic() - started
        found_s = wait_for(lambda: total(address) == wanted, limit_s=60)
        time.sleep(10)  # so that memory is seen after the growth too
        done.set()
        for thread in threads:
            thread.join()
        if load.returncode or found_s is None:
            findings.faults.append(f"{total(address)} of {wanted} found; {load.stderr[-300:]}")
    _tell(findings, f"{resources} loaded in {load_s:.1f} s, all found {found_s} s later", clients)
    return findings.faults


def kill_loads(library: Library, kills: int) -> list[str]:
    """Kill a load at a chance moment, again and again; afterwards all must agree."""
    chance = random.Random(11)  # noqa: S311 - the same moments every time
    faults = []
    for turn in range(kills):
        source = library.folder / f"killed-{turn}"
        make_resources(source, 60, seed=1000 + turn)
        load = library.begin("flask", "content", "load", str(source))
        time.sleep(chance.uniform(0.5, 3.5))
        load.send_signal(signal.SIGKILL)
        load.wait()
        for feature in ("index", "content"):
            check = library.flask(feature, "check")
            if check.returncode:
                faults.append(f"after kill {turn + 1}: {check.stdout[-300:]}{check.stderr[-300:]}")
    print(f"{kills} loads killed; {len(faults)} checks did not agree afterwards")
    return faults


def make_resources(folder: Path, number: int, seed: int) -> None:
    """Write resources made of the sample library's paragraphs in another order."""
    chance = random.Random(seed)  # noqa: S311 - the same resources every time
    paragraphs = [
        paragraph
        for path in sorted(PROJECT.glob("content/*/*.md"))
        if path.parent.name != "help"
        for paragraph in path.read_text().split("---\n", 2)[2].split("\n\n")
        if not paragraph.startswith(("#", "!", "[^", "|"))
    ]
    folder.mkdir(parents=True)
    for count in range(number):
        head = HEAD.format(title=f"Shuffled {seed} {count}", region=chance.choice(REGIONS))
        body = "\n\n".join(chance.sample(paragraphs, 12))
        (folder / f"shuffled-{seed}-{count}.md").write_text(f"{head}{body}\n")


def wait_for(is_so: Callable[[], bool], limit_s: float) -> float | None:
    """Return after how many seconds it was so; None when it never was."""
    started = time.monotonic()
    while time.monotonic() - started < limit_s:
        if is_so():
            return round(time.monotonic() - started, 1)
        time.sleep(0.1)
    return None


def ask(address: str, words: str = "") -> Any:
    """Return the API's answer to a search."""
    query = urllib.parse.urlencode({"q": words, "per_page": 10})
    with urllib.request.urlopen(f"{address}/api/v1/search?{query}", timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def total(address: str) -> int:
    """Return how many resources a visitor can find; 0 while the server is not up."""
    try:
        return int(ask(address)["total"])
    except OSError:
        return 0


def _search(address: str, findings: Findings, done: threading.Event) -> None:
    largest = dict.fromkeys(WORDS, 0)
    while not done.is_set():
        for words in WORDS:
            started = time.monotonic()
            try:
                answer = ask(address, words)
            except OSError as error:
                findings.faults.append(f"“{words}”: {error}")
                continue
            findings.times_ms.append((time.monotonic() - started) * 1000)
            kinds = next(f["values"] for f in answer["facets"] if f["name"] == "kind")
            by_kind = sum(value["count"] for value in kinds)
            # The library only grows meanwhile, so a total may never shrink.
            if answer["total"] != by_kind or answer["total"] < largest[words]:
                findings.faults.append(f"“{words}”: {answer['total']} found, {by_kind} by kind")
            largest[words] = answer["total"]


def _watch(pid: int, findings: Findings, done: threading.Event) -> None:
    """Note the memory of the server's worker, in MiB, twice a second."""
    while not done.wait(0.5):
        for path in Path("/proc").glob("[0-9]*/status"):
            try:
                status = dict(line.split(":\t", 1) for line in path.read_text().splitlines())
            except OSError:
                continue  # the process has ended meanwhile
            if status["PPid"] == str(pid):
                findings.memory_mb.append(int(status["VmRSS"].split()[0]) / 1024)


def _tell(findings: Findings, load: str, clients: int) -> None:
    times, memory = sorted(findings.times_ms), findings.memory_mb
    third = len(memory) // 3
    print(load)
    print(
        f"{len(times)} searches by {clients} clients: median {statistics.median(times):.0f} ms, "
        f"95 % under {times[int(len(times) * 0.95)]:.0f} ms, longest {times[-1]:.0f} ms"
    )
    print(
        f"server memory in MiB, medians of the first, middle and last third: "
        f"{statistics.median(memory[:third]):.0f}, {statistics.median(memory[third:-third]):.0f}, "
        f"{statistics.median(memory[-third:]):.0f}; most {max(memory):.0f}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Try the library hard, on a copy of its own.")
    parser.add_argument("--resources", type=int, default=500)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--kills", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
