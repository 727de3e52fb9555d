"""A library of its own for the page benchmark: real files, a database, an index, a server."""

import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from setup.places import PROJECT
from setup.steps import StepFailed, Steps

from app.search.port import SearchDocument

from .corpus import Corpus
from .page_files import markdown_of

WORKERS = 2
START_LIMIT_S = 90.0
STOP_LIMIT_S = 30.0
LOAD_ADVICE = "Is there room on the disk? Then take another --keep folder, or delete this one."


@dataclass(frozen=True)
class Library:
    """A library in a folder; nothing of the project's own library is touched."""

    folder: Path

    @property
    def content(self) -> Path:
        """The folder of its Markdown files."""
        return self.folder / "content"

    @property
    def settings(self) -> dict[str, str]:
        """Its settings: as in production, without the limit that one address would meet."""
        return {
            "DATABASE_URL": f"sqlite:///{self.folder}/library.sqlite",
            "CONTENT_DIR": str(self.content),
            "INDEX_DIR": str(self.folder / "index"),
            "ENVIRONMENT": "production",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "RATE_LIMIT_PER_MINUTE": "0",
            "FOLLOWER": "none",
            "LOG_LEVEL": "WARNING",
        }

    @property
    def flask(self) -> list[str | Path]:
        """How its commands begin."""
        return [sys.executable, "-m", "flask", "--app", "wsgi"]

    def fill(self, steps: Steps, corpus: Corpus, size: int) -> None:
        """Write the files, load them, draw the index anew so that it is as after a night."""
        with steps.step(f"{size:,} files"):
            for number, document in enumerate(corpus.documents(size)):
                path = self._path(number)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(markdown_of(document), encoding="utf-8")
        self.run(steps, "Loading", "content", "load")
        self.run(steps, "Index", "index", "rebuild")

    def run(self, steps: Steps, name: str, *words: str) -> float:
        """Run a command of the library; return how many seconds it took."""
        with steps.step(name) as step:
            known = os.environ | self.settings
            step.run([*self.flask, *words], LOAD_ADVICE, known, progress=lambda _: self._held())
            return step.took_s

    def _held(self) -> str:
        """Return how many resources its database holds; "" while nobody can tell."""
        path = self.folder / "library.sqlite"
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
                (held,) = database.execute("SELECT count(*) FROM resources").fetchone()
                return f"{held:,} resources"
        except sqlite3.Error:
            return ""

    def publish(self, document: SearchDocument, number: int) -> Path:
        """Change a resource's file, as an editor does; return its path."""
        path = self._path(number)
        path.write_text(markdown_of(document), encoding="utf-8")
        return path

    def _path(self, number: int) -> Path:
        return self.content / "case-studies" / f"shuffled-{number}.md"

    @contextmanager
    def served(self) -> Iterator["Served"]:
        """Serve it with two workers and its follower; stop both at the end."""
        known = os.environ | self.settings
        port = _free_port()
        gunicorn = ["-m", "gunicorn", f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}"]
        with (self.folder / "server.log").open("wb") as log:
            server = _begin([sys.executable, *gunicorn, "wsgi:app"], known, log.fileno())
            follower = _begin([*map(str, self.flask), "index", "follow"], known, log.fileno())
            try:
                _wait_until_open(server, port, self.folder / "server.log")
                yield Served(port, server.pid, follower.pid)
            finally:
                for process in (server, follower):
                    _end(process)


@dataclass(frozen=True)
class Served:
    """A library while it is served on this machine."""

    port: int
    server_pid: int
    follower_pid: int


def remove(folder: Path) -> None:
    """Remove what an earlier run left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _begin(command: list[str], known: dict[str, str], log: int) -> subprocess.Popen[bytes]:
    # In a group of its own: Ctrl-C reaches only us, and we end it.
    return subprocess.Popen(
        command, cwd=PROJECT, env=known, stdout=log, stderr=log, process_group=0
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_until_open(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up = time.monotonic() + START_LIMIT_S
    while time.monotonic() < give_up and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    said = log.read_text(errors="replace")[-1000:]
    raise StepFailed("The server did not start.", "What it said stands above.", said)
