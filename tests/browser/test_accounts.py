"""Everyone can sign in and keep accounts: axe-core, 320 pixels, and without scripts."""

import re
import subprocess
import sys

import pytest

from app.services.accounts.demo import PASSWORD
from tests.browser.conftest import PHONE, PROJECT, WIDE
from tests.browser.test_accessibility import NARROW, violations

pytestmark = pytest.mark.browser

KEEPER = "administrator@sample.example"
PAGES = [
    "/account",
    "/account/password",
    "/account/devices",
    "/people",
    "/people/invite",
    "/people/1",
    "/people/1/role",
    "/schools",
]


@pytest.fixture(scope="module")
def people(address, library):
    """Make the demo people of the library that is served."""
    command = [sys.executable, "-m", "flask", "accounts", "demo"]
    subprocess.run(command, cwd=PROJECT, env=library, check=True, capture_output=True)


@pytest.fixture
def signed_in(open_page, people):
    """Return a function that opens a page in which the demo administrator signed in."""

    def sign_in(viewport=WIDE, scripts=True):
        page = open_page("/sign-in?next=/account", viewport, scripts)
        page.get_by_label("E-mail address").fill(KEEPER)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/account")
        return page

    return sign_in


@pytest.mark.parametrize("viewport", [WIDE, PHONE, NARROW], ids=["1280", "375", "320"])
def test_pages_of_accounts_are_accessible_and_fit(signed_in, axe_source, viewport):
    page, found = signed_in(viewport), []
    for path in PAGES:
        page.goto(path)
        found += [(path, *violation) for violation in violations(page, axe_source)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "scrolls sideways"))
    assert found == []
    assert page.said == []


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("path", ["/sign-in", "/forgotten-password"])
def test_the_way_in_is_accessible_with_its_errors_too(
    open_page, people, axe_source, path, viewport
):
    page = open_page(path, viewport)
    assert violations(page, axe_source) == []
    page.locator("form.narrow-form button").click()
    assert page.locator("#error-summary a").first.is_visible()
    assert violations(page, axe_source) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_somebody_signs_in_and_out_without_scripts_and_back_shows_nothing(signed_in):
    page = signed_in(scripts=False)
    page.goto("/people")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/$"))
    page.go_back()
    assert "You may not open this page" in page.content()
    assert KEEPER not in page.content()


def test_a_demo_person_is_one_press_away(open_page, people):
    page = open_page("/sign-in?next=/account", PHONE, False)
    page.get_by_role("button", name="Demo Headteacher (Angus)").click()
    page.wait_for_url("**/account")
    assert "Balquhinnie Primary School" in page.content()
