"""The page of the privacy gate: each finding in its place, changed, kept or asked again."""

import re
from io import BytesIO

import pytest

from app.domain.people import Role
from app.domain.workflow import State
from app.services.submissions.privacy import find_open_risks
from tests.builders import a_person
from tests.formats.attachment_files import PDF

BODY = "## Context\n\nIt was Aiden in P5 who <i>asked</i>.\n"


@pytest.fixture
def place(draft, session):
    draft.body_markdown = BODY
    session.flush()
    return f"/submissions/{draft.id}/privacy"


@pytest.fixture
def fingerprint(session, draft, place):
    return find_open_risks(session, draft)[0].fingerprint


def test_the_words_are_marked_where_they_stand_and_nothing_of_them_runs(browser, place):
    page = browser.get(place).text
    assert re.search(r"It was <mark>Aiden[^<]*</mark>", page)
    assert "&lt;i&gt;asked&lt;/i&gt;" in page
    assert "1 place to look at" in page


def test_the_suggested_wording_takes_their_place_by_one_button(
    browser, place, fingerprint, draft, session
):
    sent = {"version": draft.version, "fingerprint": fingerprint, "words": "a learner"}
    assert browser.send(f"{place}/replace", sent, page=place).status_code == 302
    page = browser.get(place).text
    assert "The words are changed in the draft." in page
    assert "Nothing that identifies a pupil was found." in page
    assert "It does not know your pupils; you do." in page


def test_somebody_else_s_change_meanwhile_is_told(browser, place, fingerprint):
    sent = {"version": 99, "fingerprint": fingerprint, "words": "a learner"}
    answer = browser.send(f"{place}/replace", sent, page=place)
    assert answer.status_code == 409
    assert "Somebody changed this draft" in answer.text


def test_words_are_kept_with_a_reason_and_asked_about_again(browser, place, fingerprint):
    reason = "Aiden is the name of our puppet."
    sent = {"fingerprint": fingerprint, "reason": reason}
    assert browser.send(f"{place}/answer", sent, page=place).status_code == 302
    page = browser.get(place).text
    assert f"Invented Head says: “{reason}”" in page
    assert "Nothing is left to look at." in page
    again = browser.send(f"{place}/withdraw", {"fingerprint": fingerprint}, page=place)
    assert again.status_code == 302
    assert "1 place to look at" in browser.get(place).text


def test_a_reason_that_says_nothing_is_asked_for_again_with_what_was_typed(
    browser, place, fingerprint
):
    answer = browser.send(
        f"{place}/answer", {"fingerprint": fingerprint, "reason": "ok"}, page=place
    )
    assert answer.status_code == 422
    assert "Say why these words may stand" in answer.text
    assert 'value="ok"' in answer.text


def test_files_that_were_not_looked_into_are_named(browser, draft, place, session):
    files = f"/submissions/{draft.id}"
    sent = {"attachment": (BytesIO(PDF), "plan.pdf"), "label": "Our plan"}
    browser.send(f"{files}/attachments", sent, page=f"{files}/files")
    page = browser.get(place).text
    assert "Nobody has looked into this file" in page
    assert "Our plan (plan.pdf)" in page


def test_the_reviewer_reads_the_words_and_the_reason(
    browser, as_person, place, fingerprint, draft, session
):
    reason = "Aiden is the name of our puppet."
    browser.send(f"{place}/answer", {"fingerprint": fingerprint, "reason": reason}, page=place)
    draft.state = State.SUBMITTED
    session.flush()
    session.expire_all()
    lead = as_person(a_person(session, Role.REGIONAL_LEAD))
    page = lead.get(f"/reviews/{draft.id}").text
    assert re.search(r"It was <mark>Aiden[^<]*</mark>", page)
    assert f"Invented Head says: “{reason}”" in page
    page = lead.get(place).text
    assert reason in page
    assert "Take this reason back" not in page
    assert f"/submissions/{draft.id}/edit" not in page
