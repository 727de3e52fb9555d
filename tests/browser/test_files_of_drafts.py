"""From a Word file to a draft that may be submitted, in a browser: with and without scripts."""

import pytest

from app.domain.people import Role
from tests.browser.conftest import PHONE, WIDE
from tests.browser.people import People
from tests.browser.test_accessibility import NARROW, violations
from tests.formats.intake.word_files import realistic_with_faults
from tests.services.submissions.pictures_for_tests import a_picture

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def people(library, address):
    people = People(library["DATABASE_URL"])
    yield people
    people.close()


@pytest.fixture
def head(open_page, people, address):
    """Return a function that opens a page at which a headteacher is signed in."""

    def open_as(viewport=WIDE, scripts=True):
        page = open_page("/help", viewport, scripts)
        value, _ = people.cookie(Role.HEADTEACHER, "Morag Invented")
        page.context.add_cookies([{"name": "session", "value": value, "url": address}])
        return page

    return open_as


def take_in(page):
    page.goto("/submissions/take-in")
    sent = {"name": "Talks.docx", "mimeType": WORD, "buffer": realistic_with_faults()}
    page.set_input_files("#file", sent)
    page.click("text=Make a draft of it")
    page.wait_for_url("**/taken-in")
    return page.url.removesuffix("taken-in")


@pytest.mark.parametrize("viewport", [WIDE, PHONE, NARROW], ids=["1280", "375", "320"])
def test_each_page_of_a_draft_s_files_is_for_everyone(head, axe_source, viewport):
    page = head(viewport)
    draft = take_in(page)
    found = []
    for name in ("taken-in", "files", "privacy"):
        page.goto(draft + name)
        found += [(name, *violation) for violation in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((name, "scrolls sideways"))
    assert found == []
    assert page.said == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_picture_is_added_and_shown(head, scripts):
    page = head(scripts=scripts)
    page.goto(take_in(page) + "files")
    sent = {"name": "shadow.png", "mimeType": "image/png", "buffer": a_picture(size=(40, 30))}
    page.set_input_files("#picture", sent)
    page.click("text=Add the picture")
    assert page.inner_text("#error-summary li") == (
        "Say what the picture shows, for people who do not see it."
    )
    page.set_input_files("#picture", sent)
    page.fill("#new-alt", "A shadow in June")
    page.click("text=Add the picture")
    shown = page.locator("img[alt='A shadow in June']")
    shown.wait_for()
    assert shown.evaluate("picture => picture.naturalWidth") == 40
