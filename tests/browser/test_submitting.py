"""A headteacher's Word file becomes published practice, in browsers of all who take part."""

import time

import pytest

from app.services.accounts.demo import PASSWORD
from tests.browser.conftest import PHONE, WIDE
from tests.browser.hands import Hands
from tests.formats.intake.word_files import ALT_TEXTS, TITLE, realistic, with_parts

pytestmark = pytest.mark.browser

MOST_PRESSES = 12
FOUND_WITHIN_S = 10
HEAD, LEAD, TEACHER = "headteacher.angus", "lead.tayside", "teacher.highland"
FILE = "Number talks.docx"
ASKED = "How many children is that of how many?"
CHANGE = "In October 17 of 24 children could."
# The way to work, and what the case study is called then: each leaves one of its own.
WAYS = {
    "mouse": (WIDE, True, True, "Number talks beside the harbour"),
    "phone": (PHONE, True, True, "Number talks upon the moor"),
    "no scripts": (WIDE, False, True, "Number talks below the castle"),
    "keyboard": (WIDE, True, False, "Number talks behind the dunes"),
}


@pytest.fixture(params=WAYS)
def way(request, open_page, address):
    """Return how somebody is let in, the title of the file, and a last look at every page."""
    viewport, has_scripts, has_mouse, title = WAYS[request.param]
    pages = []

    def let_in(person):
        page = open_page("/", viewport, has_scripts)
        pages.append(page)
        page.on("load", fits)
        hands = Hands(page, has_mouse)
        hands.press("link", "Sign in")
        hands.type("E-mail address", f"{person}@sample.example")
        hands.type("Password", PASSWORD)
        hands.press("button", "Sign in")
        return hands

    def fits(page):
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(page.url)

    wide = []
    yield let_in, title
    assert wide == []
    assert [line for page in pages for line in page.said] == []
    asked = [url for page in pages for url in page.asked]
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_a_word_file_is_submitted_changed_published_and_found(way):
    let_in, title = way
    head = let_in(HEAD)
    hand_in(head, title)
    lead = let_in(LEAD)
    ask_for_a_change(lead, title)
    change_it(head, title)
    approve_it(lead, title)
    find_it(let_in(TEACHER), title)


def hand_in(hands, title):
    """From a Word file to submitted, nothing retyped, in few presses."""
    page = hands.page
    hands.press("link", "Share something that worked")
    data = with_parts(realistic(), {}, {"word/document.xml": (TITLE, title)})
    hands.choose_file("The file", FILE, data)
    hands.press("button", "Make a draft of it")
    tells_what_came_along(page)
    hands.press("link", "Go on to the draft")
    assert page.get_by_label("Title", exact=True).input_value() == title
    hands.tick("P5", "#stage")
    hands.tick("Mathematics", "#area")
    hands.press("button", "Save and see what comes next")
    hands.press("button", "Submit for review")
    assert "Submitted. The leads of your region have been told." in page.inner_text("main")
    assert len(hands.presses) <= MOST_PRESSES, hands.presses


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(open_page):
    page = open_page("/sign-in")
    page.locator("main form button").first.click()
    page.wait_for_selector("#error-summary")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "email"


def tells_what_came_along(page):
    said = page.inner_text("main")
    told = page.locator("section[aria-labelledby=file-1] li").all_inner_texts()
    assert told[:8] == [
        "Context",
        "What we did",
        "How we know",
        "Impact",
        "What we would change",
        "Cost and time",
        "Next steps",
        "Contact",
    ]
    assert told[8].startswith("6 pictures")
    assert [line.split(":")[0] for line in told[9:]] == [
        "1 tracked insertion, near “Our approach”",
        "1 comment, near “Background”",
        "1 tracked deletion, near “Our approach”",
        "5 properties of the document (such as its author)",
    ]
    assert "Put this where?" not in said
    assert "Calum Madeup" not in said


def ask_for_a_change(hands, title):
    page = hands.page
    hands.press("link", "Reviews")
    hands.press("link", title)
    assert page.locator("#submission table").count() == 1
    assert_the_pictures_show(page)
    hands.type("About", "Impact")
    hands.type("Comment", ASKED)
    hands.tick("It must be settled before this can be approved")
    hands.press("button", "Add the comment")
    judge(hands, "Ask for changes", "A fine piece. One thing is missing: please see my comment.")


def judge(hands, decision, comment):
    for fieldset in hands.page.locator("fieldset[id^=mark_]").all():
        chosen = fieldset.get_by_role("radio").nth(3)
        label = hands.page.locator(f"label[for='{chosen.get_attribute('id')}']").inner_text()
        hands.tick(label, f"#{fieldset.get_attribute('id')}")
    hands.tick(decision)
    hands.type("Your comment", comment)
    hands.press("button", "Decide")


def change_it(hands, title):
    page = hands.page
    hands.press("link", "My work")
    hands.press("link", title)
    assert ASKED in page.inner_text("main")
    hands.press("link", "Make the changes")
    hands.add("Impact", CHANGE)
    hands.press("button", "Save and see what comes next")
    hands.press("button", "Submit again")


def approve_it(hands, title):
    page = hands.page
    hands.press("link", "Reviews")
    hands.press("link", title)
    hands.press("button", f"Mark as resolved: {ASKED}")
    judge(hands, "Approve it", "Clear, honest and easy to try elsewhere.")
    hands.press("button", "Publish")
    assert "ublished" in page.inner_text("main")


def find_it(hands, title):
    """Find it by its words soon after it was published, and read it with its pictures."""
    page, give_up = hands.page, time.monotonic() + FOUND_WITHIN_S
    page.goto("/")
    hands.type("What are you looking for?", title)
    hands.press("button", "Search")
    while not page.get_by_role("link", name=title, exact=True).count():
        assert time.monotonic() < give_up, "it was not found in time"
        page.reload()
    hands.press("link", title)
    assert page.inner_text("h1") == title
    assert CHANGE in page.inner_text("main")
    assert "Calum Madeup" not in page.content()
    assert_the_pictures_show(page)


def assert_the_pictures_show(page):
    shown = page.locator("main img")
    assert [one.get_attribute("alt") for one in shown.all()] == list(ALT_TEXTS)
    for one in shown.all():
        one.scroll_into_view_if_needed()
        page.wait_for_function("one => one.naturalWidth > 0", arg=one.element_handle())
