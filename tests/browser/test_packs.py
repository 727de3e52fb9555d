"""The zip of a network day's pack, opened from a folder with the network off."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from app.domain.people import Role
from tests.builders import a_collection, a_person, a_resource

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 800}
PAGES = ("index.html", "items/01.html", "print.html")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def stick(session, as_person, tmp_path):
    """A folder with an unpacked zip of three resources."""
    lead = a_person(session, Role.REGIONAL_LEAD)
    held = (
        a_resource(
            session,
            title="Pegs and chalk",
            summary="Pupil Equity Funding paid for it.",
            body="## Context\n\nA long way to the playground.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        ),
        a_resource(session, title="Cluiche ann an Gàidhlig", language="gd"),
        a_resource(session, title="Sensory corridors", terms={"stage": ("p5",)}),
    )
    made = a_collection(session, lead, held, summary="Three ideas.")
    answer = as_person(lead).get(f"/collections/{made.slug}/pack.zip")
    with ZipFile(BytesIO(answer.data)) as packed:
        packed.extractall(tmp_path)
    return next(tmp_path.iterdir())


@pytest.fixture
def open_file(chromium, stick):
    contexts = []

    def open_file(name="index.html", scripts=True, viewport=NARROW):
        context = chromium.new_context(viewport=viewport, java_script_enabled=scripts)
        context.set_offline(True)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((stick / name).as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("PEF", ["Pegs and chalk"]),
        ("cha", ["Pegs and chalk"]),
        ("gaidhlig", ["Cluiche ann an Gàidhlig"]),
        ("SENZORY", ["Sensory corridors"]),
        ("zzzz", []),
    ],
)
def test_the_search_finds_without_a_network(open_file, typed, found):
    page = open_file()
    page.get_by_label("Search this pack").fill(typed)
    assert page.locator("#hits a").all_inner_texts() == found
    told = page.get_by_role("status").inner_text()
    assert ("1 item" in told) if found else ("Nothing in this pack" in told)
    assert page.said == []
    assert all(url.startswith(("file:", "data:")) for url in page.asked)


def test_what_is_found_opens_and_leads_back(open_file):
    page = open_file()
    page.get_by_label("Search this pack").fill("corridors")
    page.locator("#hits a").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sensory corridors"
    page.get_by_role("link", name="Talking about number").click()
    assert page.url.endswith("index.html")
    assert page.said == []


def test_what_somebody_types_is_never_a_page(open_file):
    page = open_file()
    page.get_by_label("Search this pack").fill("<img src=x onerror=alert(1)> pegs")
    assert page.locator("#hits img, #found img").count() == 0
    assert page.said == []


def test_without_scripts_everything_is_listed_and_no_dead_search_is_shown(open_file):
    page = open_file(scripts=False)
    assert page.get_by_label("Search this pack").is_hidden()
    page.get_by_role("link", name="Pegs and chalk").last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Pegs and chalk"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_it_is_for_everybody_and_fits_a_small_screen(open_file, axe_source, name):
    page = open_file(name)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.said == []
    page.evaluate(axe_source)
    options = {"runOnly": RULES, "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
