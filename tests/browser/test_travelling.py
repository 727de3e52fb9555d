"""Good practice travels: a lead's network day, a teacher's minute, and every page on the way."""

from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tests.browser.conftest import PHONE, WIDE
from tests.browser.hands import Hands
from tests.browser.test_accessibility import NARROW, violations

pytestmark = pytest.mark.browser

NUMBER_TALKS = "/resources/number-talks-in-a-p5-6-composite"
COLLECTION = "/collections/talking-about-number"
# Each new kind of page, by who looks at it; errors are looked at by a journey of their own.
KINDS = {
    "reader": (COLLECTION, "/collections", f"{COLLECTION}/audience", f"{COLLECTION}/share"),
    "teacher.angus": (
        NUMBER_TALKS,
        "/my",
        "/shares",
        "/shares/sent",
        "/shares/groups",
        "/tries",
        "/questions",
        "/collections/new",
        f"{NUMBER_TALKS}/tags",
        f"{NUMBER_TALKS}/tried",
        f"{NUMBER_TALKS}/tries",
        f"{NUMBER_TALKS}/ask",
        f"{NUMBER_TALKS}/questions",
        f"{NUMBER_TALKS}/share",
        f"{NUMBER_TALKS}/build-on",
        f"{NUMBER_TALKS}/add-to-collection",
    ),
    "lead.tayside": (
        "/",
        "/search?q=number",
        "/concerns",
        "/tags/-/changes",
        "/tags/whiteboards/edit",
        f"{COLLECTION}/pack",
        f"{COLLECTION}/pack/print",
        f"{NUMBER_TALKS}/evaluations/new",
        "/resources/a-dyslexia-friendly-s1-to-s3-subject-by-subject",
    ),
    "administrator": (
        "/terms",
        "/terms/themes",
        "/terms/themes/numeracy/edit",
        "/terms/themes/new",
        "/terms/changes",
        f"{COLLECTION}/edit",
        f"{COLLECTION}/details",
        f"{COLLECTION}/curators",
        f"{COLLECTION}/versions",
    ),
}


@pytest.mark.parametrize("viewport", [WIDE, PHONE, NARROW], ids=["1280", "375", "320"])
@pytest.mark.parametrize("who", KINDS)
def test_every_new_page_is_accessible_and_fits(open_page, cookies_of, axe_source, who, viewport):
    page = open_page("/", viewport, cookies=cookies_of(who))
    found = []
    for path in KINDS[who]:
        status = page.goto(path).status
        if status != 200:
            found.append((path, status))
        found += [(path, *violation) for violation in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "scrolls sideways"))
    assert found == []
    assert (page.said, page.refused) == ([], [])


def test_a_lead_makes_a_network_day_of_eight_resources_in_under_sixty_presses(
    open_page, cookies_of, chromium, tmp_path
):
    page = open_page("/search", cookies=cookies_of("lead.tayside"))
    hands = Hands(page, has_mouse=False)
    hands.type("Search the library", "number")
    hands.press("button", "Search")
    boxes = page.locator("input[form=add-several]")
    for nth in range(8):
        hands.press_key(boxes.nth(nth), "Space", f"tick result {nth + 1}")
    hands.press("button", "Add ticked to a collection")
    hands.write_in(page.locator("#title"), "A morning on number")
    hands.press("button", "Add")
    _order_by_keyboard(page, hands)
    _publish_by_keyboard(page, hands)
    files = _take_the_pack(page, hands, tmp_path)
    assert len(hands.presses) < 60, hands.presses
    assert page.said == []

    read = PdfReader(files["pdf"])
    assert len(read.pages) >= 10
    assert "A morning on number" in read.pages[0].extract_text()
    _find_in_the_zip_with_the_network_off(chromium, files["zip"], tmp_path)


def _order_by_keyboard(page, hands):
    """Move the third to the top, and write a note and minutes to the first."""
    titles = page.locator(".arrange__title").all_inner_texts()
    moved = page.get_by_role("button", name=f"Move up: {titles[2]}", exact=True)
    for _ in range(2):
        hands.press_key(moved, "Enter", "move up")
        page.wait_for_timeout(700)
    after = page.locator(".arrange__title").all_inner_texts()
    assert after[:3] == [titles[2], titles[0], titles[1]]
    note = page.locator("textarea[id^=note-]").first
    hands.write_in(note, "Read this one aloud.")
    hands.write_in(page.locator("input[id^=minutes-]").first, "25")
    hands.press_key(page.get_by_role("button", name="Save", exact=True), "Enter", "save")
    page.wait_for_timeout(700)


def _publish_by_keyboard(page, hands):
    hands.press("link", "Title, audience and cover")
    hands.write_in(page.locator("#summary"), "Eight ways to talk about number.")
    hands.press("button", "Save")
    hands.press("link", "Look at it")
    hands.press("link", "Publish it")
    hands.press("button", "Publish")
    assert page.locator("h1").inner_text() == "A morning on number"


def _take_the_pack(page, hands, folder):
    hands.press("link", "Network-day pack")
    files = {}
    for kind, name in (("pdf", "PDF"), ("zip", "Zip")):
        link = page.locator(f"a[href*='pack.{kind}']").first
        with page.expect_download(timeout=60_000) as taken:
            hands.press_key(link, "Enter", name)
        files[kind] = folder / f"pack.{kind}"
        taken.value.save_as(files[kind])
    return files


def _find_in_the_zip_with_the_network_off(chromium, packed, folder):
    with ZipFile(packed) as held:
        held.extractall(folder / "stick")
    context = chromium.new_context(viewport=WIDE)
    context.set_offline(True)
    page = context.new_page()
    page.goto(next((folder / "stick").rglob("index.html")).as_uri())
    page.get_by_role("searchbox").fill("number talks")
    found = page.locator("main a[href*='items/']:visible", has_text="Number talks in a P5/6")
    found.first.wait_for(timeout=5000)
    context.close()


def test_a_teacher_says_that_they_tried_it_in_six_presses_without_scripts(open_page, cookies_of):
    page = open_page(
        "/resources/the-island-band-and-the-tuesday-ferry",
        scripts=False,
        cookies=cookies_of("teacher.highland"),
    )
    hands = Hands(page)
    hands.presses.append("I tried this")
    page.get_by_role("link", name="I tried this").first.click()
    for words in ("P6", "It worked", "Yes"):
        box = page.get_by_label(words, exact=True).first
        if not box.is_checked():
            page.locator(f"label[for='{box.get_attribute('id')}']").click()
            hands.presses.append(words)
    page.locator("main form button[type=submit]").first.click()
    hands.presses.append("send")
    assert len(hands.presses) <= 6
    assert "Achvarrich Primary School" in page.locator("main").inner_text()


def test_a_secret_link_opens_in_another_browser_and_ends_when_it_is_revoked(open_page, cookies_of):
    maker = open_page(
        "/resources/one-adult-one-timetable-for-care-experienced-young-people/share",
        cookies=cookies_of("lead.tayside"),
    )
    maker.get_by_role("button", name="Make a secret link").click()
    link = maker.get_by_label("Secret link").input_value()

    stranger = open_page("/")
    stranger.goto(link)
    stranger.get_by_role("button", name="Open it").click()
    assert stranger.locator("h1").inner_text().startswith("One adult, one timetable")
    again = open_page("/")
    assert again.goto(link).status == 410

    maker.goto("/shares/sent")
    maker.get_by_role("button", name="Revoke").first.click()
    assert stranger.reload().status == 410
    assert "revoked" in stranger.locator("main").inner_text()
