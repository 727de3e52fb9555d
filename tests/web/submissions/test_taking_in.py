"""From a file to a draft in the browser: the report, the pieces that wait, the original."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.models.resources import Revision

WORDS = b"# Number talks\n\n## Context\n\nWe talk.\n\n## A day in Skye\n\nIt <b>rained</b>.\n"


def a_file(data=WORDS, name="talks.md", **more):
    return {"file": (BytesIO(data), name), "kind": "case-study", **more}


def take_in(browser, **more):
    return browser.send("/submissions/take-in", a_file(**more))


@pytest.fixture
def taken(browser, session):
    answer = take_in(browser)
    assert answer.status_code == 302
    return session.scalars(select(Revision)).one()


def test_a_file_becomes_a_draft_and_its_report_is_shown(browser, taken):
    page = browser.get(f"/submissions/{taken.id}/taken-in").text
    assert "Your file is a draft now" in page
    assert "talks.md" in page
    assert "A day in Skye" in page
    assert "&lt;b&gt;rained" in page or "rained" in page
    assert taken.title == "Number talks"


def test_a_piece_is_put_where_the_person_says(browser, session, taken):
    original = taken.originals[0].id
    place = f"/submissions/{taken.id}/taken-in"
    answer = browser.send(place, {"original": original, "piece-1": "impact"})
    assert answer.status_code == 302
    session.expire_all()
    assert "## Impact\n\n### A day in Skye" in taken.body_markdown
    assert "Put this where?" not in browser.get(place).text


def test_another_file_can_be_added(browser, session, taken):
    more = a_file(b"## Context\n\nAnd more.\n", "more.md")
    answer = browser.send(
        f"/submissions/{taken.id}/take-in", more, page=f"/submissions/{taken.id}/taken-in"
    )
    assert answer.status_code == 302
    session.expire_all()
    assert "We talk.\n\nAnd more." in taken.body_markdown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"file": (BytesIO(b""), "")}, "Choose a file."),
        ({"file": (BytesIO(b""), "a.docx")}, "The file is empty"),
        ({"kind": "cake"}, "Say whether it is"),
    ],
)
def test_what_cannot_be_taken_is_told_above_the_form_and_at_the_field(browser, sent, sentence):
    answer = browser.send("/submissions/take-in", a_file() | sent)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert 'href="#file"' in answer.text


def test_a_broken_file_is_told_in_a_sentence_and_leaves_nothing(browser, session):
    answer = take_in(browser, data=b"\xd0\xcf\x11\xe0 old", name="old.doc")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert session.scalars(select(Revision)).all() == []


def test_the_original_is_handed_out_as_bytes_that_no_browser_opens(browser, taken):
    answer = browser.get(f"/submissions/{taken.id}/original")
    assert answer.data == WORDS
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=talks.md"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]


def test_large_files_come_in_here_and_nowhere_else(browser, taken):
    large = WORDS + b"word " * 100_000
    assert take_in(browser, data=large).status_code == 302
    answer = browser.send(
        f"/submissions/{taken.id}/taken-in", {"x": "y" * 400_000, "original": "0"}
    )
    assert answer.status_code == 413


def test_a_visitor_may_send_no_large_file(client):
    answer = client.post("/submissions/take-in", data=a_file(b"x" * 400_000))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name", ["Clàr 'ama' <script>.md", "a;b=c\u2028.md", "..\\..\\secret.md", "x" * 250 + ".md"]
)
def test_whatever_a_file_is_called_it_is_shown_and_handed_out(browser, session, name):
    assert take_in(browser, name=name).status_code == 302
    draft = session.scalars(select(Revision)).one()
    assert "<script>" not in browser.get(f"/submissions/{draft.id}/taken-in").text.split("<h1>")[1]
    answer = browser.get(f"/submissions/{draft.id}/original")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
