"""A real server with the sample library and its demo people, and Chromium to look at it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.services.accounts.demo import PASSWORD

PROJECT = Path(__file__).parent.parent.parent
START_LIMIT_S = 60
# What keeps Chromium from looking for other servers and from needing a sandbox of its own.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The environment of a library of its own, loaded from the sample content."""
    folder = tmp_path_factory.mktemp("browser")
    content = folder / "content"
    for name in ("case-studies", "professional-learning", "collections"):
        shutil.copytree(PROJECT / "content" / name, content / name)
    shutil.copy(PROJECT / "content/sample-activity.yaml", content)
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/library.sqlite",
        "CONTENT_DIR": str(content),
        "INDEX_DIR": str(folder / "index"),
        "MAIL_FOLDER": str(folder / "mail"),
        "ENVIRONMENT": "development",
        "FLASK_APP": "wsgi.py",
    }


@pytest.fixture(scope="session")
def address(library, tmp_path_factory):
    """The address of a server that runs for the whole session."""
    for words in ("content load", "accounts demo", "submissions demo", "demo play"):
        subprocess.run(
            [sys.executable, "-m", "flask", *words.split()],
            cwd=PROJECT,
            env=library,
            check=True,
            capture_output=True,
        )
    with a_server(library, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@contextmanager
def a_server(environment, log):
    """Serve the library of an environment; yield the address."""
    command = [sys.executable, "-m", "gunicorn", "--workers=1", "--threads=8"]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "--bind=127.0.0.1:0", "wsgi:app"],
            cwd=PROJECT,
            env=environment,
            stdout=out,
            stderr=out,
        )
    try:
        yield _address(log, server)
    finally:
        server.terminate()
        server.wait(20)


def _address(log, server):
    """Return the address that the server says it listens at, once it answers."""
    give_up = time.monotonic() + START_LIMIT_S
    while time.monotonic() < give_up and server.poll() is None:
        said = [w for w in log.read_text().split() if w.startswith("http://127.0.0.1:")]
        if said:
            try:
                with urllib.request.urlopen(said[0] + "/health", timeout=5):
                    return said[0]
            except OSError:
                pass
        time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def axe_source():
    path = Path(os.environ.get("TEST_AXE", PROJECT / ".test-files/axe.min.js"))
    assert path.is_file(), "axe-core is missing: run python3 scripts/test.py"
    return path.read_text()


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    program = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    assert program, "Chromium is missing: run python3 scripts/test.py"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, address):
    """Return a function that opens a path: open_page("/search", viewport=PHONE, scripts=False)."""
    contexts = []

    def open_path(path="/", viewport=WIDE, scripts=True, cookies=()):
        context = chromium.new_context(
            viewport=viewport, java_script_enabled=scripts, base_url=address
        )
        context.add_cookies(cookies)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.refused = []
        page.on("response", lambda r: page.refused.append(r.url) if r.status >= 400 else None)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path)
        return page

    yield open_path
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def cookies_of(chromium, address):
    """Return a function that signs a demo person in, once, and returns their cookies."""
    held = {}

    def sign_in(person):
        if person not in held:
            context = chromium.new_context(base_url=address)
            page = context.new_page()
            page.goto("/sign-in?next=/account")
            page.get_by_label("E-mail address").fill(f"{person}@sample.example")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url("**/account")
            held[person] = context.cookies()
            context.close()
        return held[person]

    return sign_in
