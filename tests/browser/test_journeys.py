"""What people come to do, done in a browser."""

import pytest

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

LIGHT_KB = 100


def test_a_p5_teacher_on_a_phone_reads_a_case_study_in_three_taps(open_page):
    page = open_page("/", PHONE)
    page.fill("[name=q]", "maths PEF P5 reluctant")
    page.click(".search-box__button")  # tap 1
    first = page.locator(".hit__title a").first
    assert first.is_visible()
    assert first.bounding_box()["y"] < PHONE["height"], "a result stands on the first screen"
    title = first.inner_text()
    first.click()  # tap 2
    assert page.locator("h1").inner_text() == title
    page.get_by_role("link", name="What we would change").click()  # tap 3
    assert page.locator("h2", has_text="What we would change").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_searching_filtering_sorting_paging_and_clearing(open_page, scripts):
    page = open_page("/", scripts=scripts)
    page.fill("[name=q]", "learning")
    page.click(".search-box__button")
    total = page.locator("#result-count strong").first.inner_text()

    page.locator("label[for^=kind-]", has_text="Professional learning").click()
    if not scripts:
        page.get_by_role("button", name="Apply filters").click()
    chip = page.locator(".chip", has_text="Professional learning")
    chip.wait_for()
    assert "kind=professional-learning" in page.url
    narrowed = page.locator("#result-count strong").first.inner_text()
    assert int(narrowed.split()[0]) < int(total.split()[0])

    page.select_option("#sort", "newest")
    if not scripts:
        page.get_by_role("button", name="Sort", exact=True).click()
    page.wait_for_url("**sort=newest**")
    days = page.eval_on_selector_all(".hit time", "all => all.map(t => t.dateTime)")
    assert days == sorted(days, reverse=True)

    page.locator(".chip", has_text="Professional learning").click()
    page.wait_for_url(lambda url: "kind=" not in url)
    assert page.locator("#result-count strong").first.inner_text() == total

    page.get_by_role("link", name="next").click()
    page.wait_for_url("**page=2**")
    assert page.locator(".hit").count() > 0


def test_ticking_a_filter_keeps_the_focus_and_says_the_count(open_page):
    page = open_page("/search?q=learning")
    page.locator("input[name=kind][value=case-study]").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**kind=case-study**")
    page.wait_for_function("document.activeElement.value === 'case-study'")
    said = page.locator("#announcement").inner_text()
    assert "results" in said


def test_lines_are_offered_while_typing_and_taken_with_the_keyboard(open_page):
    page = open_page("/")
    page.focus("[name=q]")
    page.wait_for_selector("input.autocomplete__input:focus")
    page.keyboard.type("numbe", delay=30)
    page.wait_for_selector(".autocomplete__option")
    assert page.locator("input.autocomplete__input").get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/resources/" in url or "/search?" in url)
    assert page.said == []


def test_typing_fast_loses_no_letter_while_the_suggestions_arrive(open_page):
    page = open_page("/")
    page.focus("[name=q]")
    page.keyboard.type("outdoor learning")
    page.wait_for_selector("input.autocomplete__input")
    assert page.input_value("[name=q]") == "outdoor learning"


def test_a_typo_is_corrected_and_can_be_searched_as_typed(open_page):
    page = open_page("/search?q=numercy")
    assert page.locator(".hit").count() > 0
    page.get_by_role("link", name="Search for numercy instead").click()
    assert "exact=1" in page.url
    assert page.locator(".nothing").is_visible()


def test_everything_public_is_within_three_links_of_home(open_page, address):
    def links(path):
        page.goto(path)
        return set(
            page.eval_on_selector_all(
                "main a", "all => all.map(a => a.pathname + a.search).filter(p => p[0] === '/')"
            )
        )

    page = open_page("/")
    first = {path for path in links("/") if path.startswith("/browse/")}
    found = set()
    for path in sorted(first):
        offered = links(path)
        found |= {p for p in offered if p.startswith("/resources/")}
        for more in sorted(p for p in offered if "page=" in p):
            found |= {p for p in links(more) if p.startswith("/resources/")}
    page.goto("/")
    page.get_by_role("link", name="Collections").first.click()
    found |= links("/collections")
    page.goto("/api/v1/search?per_page=100")
    everything = page.evaluate("JSON.parse(document.body.innerText)")
    assert {hit["url"].removeprefix(address) for hit in everything["hits"]} <= found
    assert any(hit["kind"] == "collection" for hit in everything["hits"])
    assert everything["total"] == len(everything["hits"])


@pytest.mark.parametrize("path", ["/", "/search?q=reading"])
def test_the_first_view_is_light(open_page, path):
    page = open_page("about:blank")
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) / 1024 < LIGHT_KB


def test_a_resource_prints_without_menus(open_page):
    page = open_page("/search?q=numeracy")
    page.locator(".hit__title a").first.click()
    page.emulate_media(media="print")
    assert not page.locator(".ds_site-header").is_visible()
    assert not page.locator(".contents").is_visible()
    assert page.locator(".resource__body").is_visible()
