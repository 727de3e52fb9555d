"""Pictures and files of a draft in the browser, and of what comes of it when it is published."""

from io import BytesIO

import pytest

from app.domain.workflow import State
from tests.formats.attachment_files import PDF
from tests.services.submissions.pictures_for_tests import a_picture, with_a_place

ALT = "A shadow in June"


@pytest.fixture
def place(draft):
    return f"/submissions/{draft.id}"


@pytest.fixture
def send(browser, place):
    return lambda path, data: browser.send(f"{place}/{path}", data, page=f"{place}/files")


def add_picture(send, data=None, name="Shadow.png", alt=ALT):
    sent = {"picture": (BytesIO(data or a_picture()), name), "alt": alt, "section": "impact"}
    return send("pictures", sent)


def add_file(send, data=PDF, name="Plan.pdf", label="Our plan"):
    return send("attachments", {"attachment": (BytesIO(data), name), "label": label})


def test_a_picture_is_added_described_and_removed(browser, send, place, draft, session):
    assert add_picture(send).status_code == 302
    page = browser.get(f"{place}/files").text
    assert "paste: ![A shadow in June](pictures/Shadow.png)" in page
    assert f'src="{place}/pictures/Shadow.png" alt="{ALT}"' in page
    assert send("pictures/Shadow.png/alt", {"alt": "A long shadow"}).status_code == 302
    session.expire_all()
    assert "![A long shadow](pictures/Shadow.png)" in draft.body_markdown
    assert send("pictures/Shadow.png/remove", {}).status_code == 302
    session.expire_all()
    assert "pictures/" not in draft.body_markdown


def test_a_picture_is_shown_without_where_it_was_taken(browser, send, place):
    add_picture(send, with_a_place(), "Yard.jpg")
    answer = browser.get(f"{place}/pictures/Yard.jpg")
    assert answer.mimetype == "image/jpeg"
    assert b"Invented Photographer" not in answer.data
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"alt": ""}, "Say what the picture shows"),
        ({"data": b"words"}, "The picture is not taken: it is not a PNG"),
        ({"data": a_picture()[:50]}, "it is damaged"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_told_with_what_was_typed(send, sent, sentence):
    answer = add_picture(send, **sent)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert f'value="{sent.get("alt", ALT)}"' in answer.text


def test_a_file_is_offered_moved_and_removed(browser, send, place, draft, session):
    assert add_file(send).status_code == 302
    assert add_file(send, b"a,b\n", "counts.csv", "Counts").status_code == 302
    page = browser.get(f"{place}/files").text
    assert "PDF, 1 kB, Plan.pdf" in page
    send("attachments/counts.csv/move", {"way": "up"})
    session.expire_all()
    assert [o.attachment_name for o in draft.attachments] == ["counts.csv", "Plan.pdf"]
    send("attachments/counts.csv/remove", {})
    session.expire_all()
    assert [o.attachment_name for o in draft.attachments] == ["Plan.pdf"]


def test_a_file_is_always_a_download(browser, send, place):
    add_file(send)
    answer = browser.get(f"{place}/attachments/Plan.pdf")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=Plan.pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"data": b"<p>x</p>", "name": "page.html"}, "none of the kinds that can be offered"),
        ({"name": "plan.docx"}, "its content is PDF"),
        ({"label": " "}, "Say what the file is"),
    ],
)
def test_a_file_that_cannot_be_offered_is_told(send, sent, sentence):
    answer = add_file(send, **sent)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2


def test_published_files_stand_under_downloads_for_those_who_may_read(client, send, draft, session):
    add_file(send)
    draft.state = State.PUBLISHED
    draft.resource.slug = "outdoor-numeracy"
    session.flush()
    session.expire_all()
    page = client.get("/resources/outdoor-numeracy").text
    path = "/resources/outdoor-numeracy/attachments/Plan.pdf"
    assert f'<a href="{path}">Our plan</a> (PDF, 1 kB)' in page
    answer = client.get(path)
    assert (answer.data, answer.headers["X-Content-Type-Options"]) == (PDF, "nosniff")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    draft.audience = "staff"
    session.flush()
    assert client.get(path).status_code == 404
    assert client.get("/resources/outdoor-numeracy/attachments/other.pdf").status_code == 404


def test_a_picture_that_the_published_words_show_no_longer_is_not_public(
    client, send, draft, session
):
    add_picture(send)
    draft.state = State.PUBLISHED
    session.flush()
    session.expire_all()
    assert client.get("/pictures/Shadow.png").status_code == 200
    draft.body_markdown = "## Context\n\nWords only.\n"
    session.flush()
    assert client.get("/pictures/Shadow.png").status_code == 404
