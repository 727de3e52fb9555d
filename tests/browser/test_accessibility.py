"""Everyone can use every kind of page: axe-core, reflow, keyboard, no scripts, quiet console."""

import pytest

from tests.browser.conftest import PHONE, WIDE
from tests.browser.kinds_of_pages import KINDS_OF_PAGES

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 700}
RUN_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


def paths_of(page_for_links):
    """The kinds of pages, with every resource's page that the first results lead to."""
    page = page_for_links("/search?sort=newest&per_page=100")
    return page.eval_on_selector_all(".hit__title a", "links => links.map(a => a.pathname)")


def violations(page, axe_source):
    page.evaluate(axe_source)
    return [
        (found["id"], node["html"][:200], node["failureSummary"][:200])
        for found in page.evaluate(RUN_AXE)
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "375"])
@pytest.mark.parametrize("name", KINDS_OF_PAGES)
def test_axe_finds_nothing(open_page, axe_source, name, viewport):
    page = open_page(KINDS_OF_PAGES[name], viewport)
    if name.startswith("results") and viewport is PHONE:
        page.click(".filters > summary")
    assert violations(page, axe_source) == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE, NARROW], ids=["1280", "375", "320"])
def test_every_resource_is_accessible_and_fits(open_page, axe_source, viewport):
    paths = paths_of(open_page)
    assert len(paths) >= 60
    page = open_page("/", viewport)
    found = []
    for path in paths:
        page.goto(path)
        found += [(path, *violation) for violation in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "scrolls sideways"))
    assert found == []
    assert page.said == []


@pytest.mark.parametrize("name", KINDS_OF_PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(open_page, name):
    page = open_page(KINDS_OF_PAGES[name], NARROW)
    if page.locator(".filters > summary").is_visible():
        page.click(".filters > summary")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", KINDS_OF_PAGES)
def test_the_console_is_silent_and_no_other_host_is_asked(open_page, address, name):
    page = open_page(KINDS_OF_PAGES[name])
    page.wait_for_load_state("networkidle")
    told = [line for line in page.said if not (name == "not found" and "404" in line)]
    assert told == []
    assert [url for url in page.asked if not url.startswith((address, "data:"))] == []


def test_no_cookie_is_set_for_a_visitor(open_page):
    page = open_page("/")
    page.goto("/search?q=reading")
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", KINDS_OF_PAGES)
def test_targets_are_large_enough_to_hit(open_page, name):
    """WCAG 2.5.8: 24 by 24 pixels, or inside a sentence, or with room around."""
    page = open_page(KINDS_OF_PAGES[name], PHONE)
    small = page.evaluate(
        """() => {
        const hit = 'nav a, button, select, .chip, .understood a, .term-list a, summary';
        return [...document.querySelectorAll(hit)]
          .filter(e => e.checkVisibility())
          .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
          .filter(([, height]) => height < 24);
        }"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/", "/search?q=reading", "/browse"])
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(open_page, path):
    page = open_page(path)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
        .filter(e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
                     && !e.disabled && e.type !== 'hidden').length"""
    )
    reached, unseen = set(), []
    for _ in range(wanted * 2):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            if (e === document.body) return null;
            window.places ||= new Map(); if (!places.has(e)) places.set(e, places.size);
            return [places.get(e), e.outerHTML.slice(0, 80),
                    s.boxShadow !== 'none' || s.outlineStyle !== 'none']; }"""
        )
        if here is None:
            break
        reached.add(here[0])
        if not here[2]:
            unseen.append(here[1])
    assert unseen == []
    assert len(reached) >= wanted


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(open_page):
    page = open_page("/search?q=reading")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
