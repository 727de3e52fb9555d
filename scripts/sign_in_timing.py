"""Measure whether a clock tells known names from unknown ones where people sign in.

Run it with the project's own Python: `.venv/bin/python scripts/sign_in_timing.py`. It makes a
library in a temporary folder, with passwords kept at their real cost, and asks the pages in
turn for names that are known, unknown, shut and without a role: with a wrong password, and for
a forgotten one. Prints the median and the quartiles of each, and by how much the medians differ.
"""

import argparse
import logging
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from app import create_app, db, schema
from app.domain.moments import utc_now
from app.domain.people import OPERATOR, Role
from app.services.accounts import passwords, people
from app.services.accounts.places import RolePlace
from config import Settings

ROUNDS = 60
SECRET = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
KINDS = ("known", "unknown", "shut", "no role")
Figures = dict[str, list[float]]


def main() -> int:
    """Measure both pages; return the exit status."""
    rounds = _options().rounds
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        app = library(Path(folder), rounds)
        for page in ("/sign-in", "/forgotten-password"):
            print_table(page, measure(app, page, rounds))
    return 0


def library(folder: Path, rounds: int) -> Flask:
    """Return an app on a library of its own, with `rounds` people of each kind that has any."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/library.sqlite",
        index_dir=folder / "index",
        search_engine="memory",
        follower="none",
    )
    app = create_app(settings)
    schema.make_ready(settings.database_url)
    kept, now = passwords.hash_of("a password of somebody"), utc_now()
    with db.unit_of_work() as session:
        for kind in KINDS:
            for n in range(rounds if kind != "unknown" else 0):
                person = people.add(
                    session, OPERATOR, name="Invented Person", email=_email(kind, n),
                    role_place=RolePlace(Role.NATIONAL_READER), password=None, now=now,
                )  # fmt: skip
                person.password_hash = kept
                if kind == "shut":
                    people.disable(session, OPERATOR, person.id, now)
                if kind == "no role":
                    people.end_role(session, OPERATOR, person.id, now)
    return app


def measure(app: Flask, page: str, rounds: int) -> Figures:
    """Return how long each kind of name takes, in milliseconds, asked in turn."""
    client = app.test_client()
    found = SECRET.search(client.get(page).text)
    secret = found[1] if found else ""
    times: Figures = {kind: [] for kind in KINDS}
    for n in range(rounds):
        # Each name once, and each time in another order, from an address of its own.
        for place in range(len(KINDS)):
            kind = KINDS[(place + n) % len(KINDS)]
            times[kind].append(_asked_ms(client, page, secret, _email(kind, n), (n, place)))
    return times


def print_table(page: str, times: Figures) -> None:
    """Print the figures as a table for docs/."""
    print(f"\n{page}, {len(times['known'])} of each\n")
    print("| name | median | quartiles | from known |\n|---|---|---|---|")
    known = statistics.median(times["known"])
    for kind, figures in times.items():
        low, middle, high = statistics.quantiles(figures, n=4)
        print(f"| {kind} | {middle:.1f} ms | {low:.1f}–{high:.1f} ms | {middle - known:+.1f} ms |")


def _asked_ms(
    client: FlaskClient, page: str, secret: str, email: str, at: tuple[int, int]
) -> float:
    form = {"csrf_token": secret, "email": email, "password": "not the password"}
    environ = {"REMOTE_ADDR": f"10.0.{at[0]}.{at[1]}"}
    ask: Callable[..., object] = client.post
    began = time.perf_counter()
    ask(page, data=form, environ_base=environ)
    return (time.perf_counter() - began) * 1000


def _email(kind: str, n: int) -> str:
    return f"{kind.replace(' ', '-')}-{n}@sample.example"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure known and unknown names.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="names of each kind")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
