"""Writing in a browser: saved as one types, two at once, on a phone, by keyboard."""

import re

import pytest

from app.domain.people import Role
from app.domain.resources import Kind
from tests.browser.conftest import PHONE, WIDE
from tests.browser.people import People
from tests.browser.test_accessibility import NARROW, violations

pytestmark = pytest.mark.browser

SAVED = re.compile(r"Saved at \d\d:\d\d")


@pytest.fixture(scope="module")
def people(library, address):
    people = People(library["DATABASE_URL"])
    yield people
    people.close()


@pytest.fixture
def writer(open_page, people, address):
    """Return a function that opens a page at which a person of the same school is signed in."""

    def open_as(role=Role.TEACHER, name="Ailsa Invented", viewport=WIDE, scripts=True):
        page = open_page("/help", viewport, scripts)
        value, person_id = people.cookie(role, name)
        page.context.add_cookies([{"name": "session", "value": value, "url": address}])
        page.person_id = person_id
        return page

    return open_as


def edit_path(draft):
    return f"/submissions/{draft}/edit"


def saved(page):
    page.locator("#draft-saved", has_text=SAVED).wait_for(timeout=20_000)


def test_what_is_typed_is_saved_without_pressing_anything(writer, people):
    page = writer()
    draft = people.draft(page.person_id)
    page.goto(edit_path(draft))
    page.fill("#title", "Peat and percentages")
    page.locator("#section-impact").fill("They ask more.")
    page.keyboard.press("Tab")
    saved(page)
    page.locator("[name=version][value='3']").wait_for(state="attached")
    page.goto(edit_path(draft))
    assert page.input_value("#title") == "Peat and percentages"
    assert page.input_value("#section-impact") == "They ask more."
    assert page.said == []


def test_words_are_counted_and_terms_found_as_one_types(writer, people):
    page = writer()
    page.goto(edit_path(people.draft(page.person_id)))
    page.fill("#summary", "One two three")
    assert page.text_content("#summary-count") == "3 of at most 60 words"
    page.click("#theme details > summary")
    page.fill("#theme-filter", "numer")
    shown = page.locator("#theme .terms__boxes--rest .ds_checkbox:visible")
    assert 1 <= shown.count() < 10
    assert "Numeracy" in shown.all_text_contents()[0]


def test_the_other_s_words_come_in_while_one_writes_elsewhere(writer, people):
    first = writer()
    second = writer(Role.HEADTEACHER, "Rory Invented")
    draft = people.draft(first.person_id)
    for page in (first, second):
        page.goto(edit_path(draft))
    first.fill("#section-context", "We are small.")
    first.keyboard.press("Tab")
    saved(first)
    second.fill("#section-impact", "They ask more.")
    second.keyboard.press("Tab")
    saved(second)
    assert "Ailsa Invented changed meanwhile" in second.text_content("#draft-saved")
    assert second.input_value("#section-context") == "We are small."
    first.fill("#title", "Peat")
    first.keyboard.press("Tab")
    first.locator("#draft-saved", has_text="Rory Invented").wait_for(timeout=20_000)
    assert first.input_value("#section-impact") == "They ask more."


def test_a_clash_is_told_and_both_stand_on_the_page(writer, people, axe_source):
    first = writer()
    second = writer(Role.HEADTEACHER, "Rory Invented")
    draft = people.draft(first.person_id)
    for page in (first, second):
        page.goto(edit_path(draft))
    first.fill("#section-impact", "They ask more.")
    first.keyboard.press("Tab")
    saved(first)
    second.fill("#section-impact", "They ask less.")
    second.keyboard.press("Tab")
    second.locator("#draft-saved", has_text="changed the same as you").wait_for()
    second.click("text=Save >> nth=0")
    second.wait_for_load_state()
    assert second.input_value("#section-impact") == "They ask less."
    assert second.text_content(".clash__words") == "They ask more."
    assert second.evaluate("document.activeElement.id") == "error-summary"
    assert violations(second, axe_source) == []


def test_who_is_signed_out_goes_on_writing_and_is_saved_later(writer, people, address):
    page = writer()
    draft = people.draft(page.person_id)
    page.goto(edit_path(draft))
    cookie = page.context.cookies()
    page.context.clear_cookies()
    page.fill("#title", "Peat")
    page.keyboard.press("Tab")
    page.locator("#draft-saved", has_text="you may be signed out").wait_for()
    page.context.add_cookies(cookie)
    page.fill("#summary", "In the bog.")
    page.keyboard.press("Tab")
    saved(page)
    page.reload()
    assert page.input_value("#title") == "Peat"


def test_a_preview_stands_below_the_form(writer, people):
    page = writer()
    page.goto(edit_path(people.draft(page.person_id)))
    page.fill("#title", "Peat")
    page.fill("#section-impact", "They **ask**.")
    page.click("[data-preview-button]")
    page.locator("#draft-preview strong").wait_for()
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.activeElement.id") == "draft-preview"
    assert page.said == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE, NARROW], ids=["1280", "375", "320"])
def test_every_page_of_writing_is_accessible_and_fits(writer, people, axe_source, viewport):
    page = writer(Role.HEADTEACHER, viewport=viewport)
    drafts = [people.draft(page.person_id, kind) for kind in Kind]
    paths = ["/submissions", "/submissions/new"]
    for draft in drafts:
        paths += [f"/submissions/{draft}{rest}" for rest in ("", "/edit", "/preview", "/discard")]
    found = []
    for path in paths:
        page.goto(path)
        for summary in page.locator("details > summary").all():
            summary.click()
        found += [(path, *violation) for violation in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "scrolls sideways"))
    assert found == []
    assert page.said == []


def test_a_draft_is_written_and_submitted_without_scripts(writer, people):
    page = writer(Role.HEADTEACHER, scripts=False)
    page.goto("/submissions/new")
    page.check("input[value=case-study]", force=True)
    page.click("text=Begin")
    page.fill("#title", "Peat and percentages")
    page.fill("#summary", "Percentages made sense in the peat bank.")
    for code in ("context", "what-we-did", "how-we-know", "impact", "contact"):
        page.fill(f"#section-{code}", "We measured peat.")
    for facet, value in (("stage", "p5"), ("theme", "numeracy")):
        page.click(f"#{facet} details > summary")
        page.check(f"#{facet} input[value={value}]", force=True)
    page.click("text=Save and see what comes next")
    page.click("text=Submit for review")
    assert "Submitted. The leads of your region have been told." in page.text_content("main")
