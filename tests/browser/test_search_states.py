"""Everyone can use what a results page may show: chips, questions back, reasons, ways out."""

from dataclasses import replace
from threading import Thread

import pytest
from werkzeug.serving import make_server

from app import create_app
from config import Settings
from tests.browser.conftest import PHONE, WIDE
from tests.browser.search_states import STATES, TellingSearch
from tests.browser.test_accessibility import NARROW, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of a server whose engine tells what it is to tell."""
    folder = tmp_path_factory.mktemp("states")
    app = create_app(
        Settings(
            testing=True,
            database_url="sqlite://",
            search_engine="memory",
            content_dir=folder / "content",
            index_dir=folder / "index",
            follower="none",
        )
    )
    app.extensions["parts"] = replace(app.extensions["parts"], search=TellingSearch())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def unfold(page):
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "375"])
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(open_page, axe_source, name, viewport):
    page = open_page(STATES[name], viewport)
    unfold(page)
    assert violations(page, axe_source) == []
    assert page.said == []


@pytest.mark.parametrize("name", STATES)
def test_nothing_scrolls_sideways_and_targets_are_large_enough(open_page, name):
    page = open_page(STATES[name], NARROW)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    heights = page.eval_on_selector_all(
        ".chip, .understood a, .asked a, .also a, summary, select",
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)",
    )
    assert min(heights) >= 24


@pytest.mark.parametrize("name", [name for name in STATES if name != "nothing found"])
def test_a_result_stands_on_the_first_screen_of_a_phone(open_page, name):
    title = open_page(STATES[name], PHONE).locator(".hit__title a").first.bounding_box()
    assert title["y"] + title["height"] <= PHONE["height"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_chip_is_taken_off_and_put_back_by_keyboard(open_page, scripts):
    page = open_page(STATES["understood"], PHONE, scripts)
    page.get_by_role("link", name="Stage P5 (Second level)").press("Enter")
    page.wait_for_url("**plain=P5**")
    assert page.locator(".understood__chip").count() == 3
    page.get_by_role("link", name="Undo").press("Enter")
    page.wait_for_url(lambda url: "plain" not in url)
    assert page.locator(".understood__chip").count() == 4


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "375"])
def test_a_chip_is_made_a_filter(open_page, viewport):
    page = open_page(STATES["understood"], viewport)
    if viewport is PHONE:
        page.get_by_text("Show only one of these").click()
    page.get_by_role("link", name="Only P5").click()
    page.wait_for_url("**stage=p5**")
    assert page.locator(".chip", has_text="P5").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_ticked_filter_keeps_how_the_words_are_read(open_page, scripts):
    page = open_page(STATES["taken off, plain order"], WIDE, scripts)
    page.locator("label[for^=stage-]").first.click()
    if not scripts:
        page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**stage=p5**")
    assert all(part in page.url for part in ("plain=P5", "outward=0", "home=tayside"))
    assert page.locator(".understood__chip").count() == 3


def test_where_one_works_is_said_without_a_cookie(open_page):
    page = open_page(STATES["understood"])
    page.select_option("#home", "tayside")
    page.wait_for_url("**home=tayside**")
    page.get_by_text("that fit as well were moved up").wait_for()
    assert page.evaluate("document.activeElement.id") == "home"
    assert page.context.cookies() == []
    page.get_by_role("link", name="Show in plain order").click()
    page.get_by_role("link", name="Let other regions’ results move up").wait_for()
