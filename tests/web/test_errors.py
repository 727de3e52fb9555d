"""When something cannot be done, people read a plain page with a way on."""

import pytest

from app.domain import errors
from app.web.errors import PROBLEMS
from tests.page import check

FAMILY = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.WrongState: 409,
    errors.InvalidInput: 422,
    errors.TooLarge: 413,
    errors.SearchUnavailable: 503,
    errors.DatabaseBehind: 503,
    errors.DatabaseAway: 503,
}


def _view_that_raises(app, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setitem(app.view_functions, "about.index", fail)


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_each_member_of_the_family_has_its_page(app, client, monkeypatch, kind):
    _view_that_raises(app, monkeypatch, kind("The sentence for the person."))

    answer = client.get("/about")

    assert answer.status_code == FAMILY[kind]
    assert "The sentence for the person." in answer.text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_each_status_has_a_plain_page(app, client, monkeypatch, status):
    from werkzeug.exceptions import default_exceptions

    _view_that_raises(app, monkeypatch, default_exceptions[status]())

    answer = client.get("/about")

    assert answer.status_code == status
    assert PROBLEMS[status].heading in answer.text
    assert 'href="/search"' in answer.text
    check(answer.text)


def test_a_fault_of_ours_shows_no_details(app, client, monkeypatch):
    _view_that_raises(app, monkeypatch, ZeroDivisionError("secret detail"))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    answer = client.get("/about")

    assert answer.status_code == 500
    assert "secret detail" not in answer.text


def test_a_page_cannot_be_posted_to(client):
    answer = client.post("/search", data={"q": "x"})
    assert answer.status_code in (400, 405)


def test_a_request_that_is_too_large_is_refused(client):
    answer = client.post("/search", data={"q": "x" * 400_000})
    assert answer.status_code in (400, 405, 413)


@pytest.mark.parametrize(("status", "heading"), [(416, PROBLEMS[400]), (502, PROBLEMS[500])])
def test_a_status_without_a_page_of_its_own_says_whose_fault_it_is(
    app, client, monkeypatch, status, heading
):
    from werkzeug.exceptions import default_exceptions

    _view_that_raises(app, monkeypatch, default_exceptions[status]())
    assert heading.heading in client.get("/about").text
