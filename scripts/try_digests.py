"""Make and mail the digests of thousands, with and without kills; print what each person received.

Run it with the project's own Python: `.venv/bin/python scripts/try_digests.py`. In a temporary
library 5,000 invented people follow things. `flask follows digest` and `flask mail follow --once`
make and carry the digests to a mail server of this script, first undisturbed and timed, then in
another library killed with SIGKILL again and again: while digests are made, and a chance moment
(0 to 20 ms) after the server took a letter. Ends with status 1 when anybody got none, got what
they may not see, or got two letters that a mail program cannot know as one (by Message-ID).
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from killing.followers import FollowersLibrary

from config import PROJECT_DIR

LINK = re.compile(r"/resources/([\w-]+)")
LONGEST_WAIT_S = 0.020  # after a letter was taken, before its carrier is killed


@dataclass
class Box:
    """A mail server's box: what it took, from whom it was taken, and whom to kill after which."""

    letters: list[tuple[str, str, str]] = field(default_factory=list)  # to, Message-ID, text
    target: int = 0  # letters after which `reached` is set; 0: never
    reached: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a letter."""
        message = message_from_bytes(envelope.content, policy=default)
        text = message.get_content()
        self.letters.append((envelope.rcpt_tos[0], str(message["Message-ID"]), text))
        if len(self.letters) == self.target:
            self.reached.set()
        return "250 OK"


class OnAnyPort(Controller):
    """Listens where there is room."""

    def _trigger_server(self) -> None:
        self.port = cast(Any, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def main() -> int:
    """Run both trials; return the exit status."""
    options = _options()
    faults = [] if options.only_killed else _trial(options.people, 0, options.seed)
    faults += _trial(options.people, options.kills, options.seed)
    print("\n".join(faults[:10]), end="\n" if faults else "")
    return int(bool(faults))


def _trial(people: int, kills: int, seed: int) -> list[str]:
    box, chance = Box(), random.Random(seed)  # noqa: S311 - the same moments every time
    server = OnAnyPort(box, "127.0.0.1", 0)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            library = FollowersLibrary(Path(folder), people, server.port)
            _run(library, "index", "rebuild")
            killed_making = sum(_killed_making(library, chance) for _ in range(kills))
            began = time.perf_counter()
            _run(library, "follows", "digest")
            made_s = time.perf_counter() - began
            killed_carrying = sum(
                _killed_carrying(library, box, chance, people, kills) for _ in range(kills)
            )
            began, before = time.perf_counter(), len(box.letters)
            _run(library, "mail", "follow", "--once")
            carried_s = time.perf_counter() - began
            _run(library, "follows", "digest")  # again: nothing more is made
            _run(library, "mail", "follow", "--once")
            print(
                f"{people} people, {killed_making} kills while making, {killed_carrying} while "
                f"carrying; the last making took {made_s:.1f} s, "
                f"the last carrying {carried_s:.1f} s for {len(box.letters) - before} letters",
                flush=True,
            )
            return _judge(library, box)
    finally:
        server.stop()


def _killed_making(library: FollowersLibrary, chance: random.Random) -> bool:
    """Let digests be made, and kill whoever makes them once some are; return whether it fell."""
    before, process = len(library.digests()), _begin(library, "follows", "digest")
    while process.poll() is None and len(library.digests()) == before:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.3))
    return _kill(process)


def _killed_carrying(
    library: FollowersLibrary, box: Box, chance: random.Random, people: int, kills: int
) -> bool:
    """Let letters be carried, and kill the carrier after a chance one; return whether it fell."""
    box.reached.clear()
    box.target = len(box.letters) + chance.randint(1, max(1, people // (2 * kills)))
    process = _begin(library, "mail", "follow", "--once")
    while process.poll() is None and not box.reached.wait(0.5):
        pass
    time.sleep(chance.uniform(0, LONGEST_WAIT_S))
    return _kill(process)


def _judge(library: FollowersLibrary, box: Box) -> list[str]:
    """Print what people received; return what is wrong."""
    raw = Counter(to for to, _, _ in box.letters)
    known = Counter(to for to, _ in {(to, number) for to, number, _ in box.letters})
    wanted = set(library.regions) - library.quiet
    once = sum(raw[to] == 1 for to in wanted)
    twice = [to for to in wanted if raw[to] > 1]
    none = [to for to in wanted if not raw[to]]
    print(
        f"  of {len(wanted)} with news: {once} got one, {len(twice)} got two (with one Message-ID: "
        f"{sum(known[to] == 1 for to in twice)}), {len(none)} got none; "
        f"of {len(library.quiet)} without news {sum(raw[to] for to in library.quiet)} got one"
    )
    hidden = [
        (to, slug)
        for to, _, text in box.letters
        for slug in LINK.findall(text)
        if not library.may_read(to, slug)
    ]
    print(f"  things told of that their reader may not see: {len(hidden)}")
    faults = [f"{to} got none" for to in none] + [f"{to} saw {slug}" for to, slug in hidden]
    faults += [f"{to} got two digests" for to in twice if known[to] > 1]
    return faults + [f"{to} got one for nothing" for to in library.quiet if raw[to]]


def _begin(library: FollowersLibrary, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=PROJECT_DIR,
        env=library.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _run(library: FollowersLibrary, *words: str) -> None:
    if _begin(library, *words).wait():
        raise SystemExit(f"“flask {' '.join(words)}” failed")


def _kill(process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is not None:
        return False
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make and mail the digests of thousands.")
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=20, help="of making, and of carrying")
    parser.add_argument("--only-killed", action="store_true", help="leave the first trial out")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
