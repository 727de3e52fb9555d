"""Every error under the API's paths is a problem (RFC 9457); elsewhere it is a page."""

import pytest
from werkzeug.exceptions import default_exceptions

from app.domain import errors
from app.faces.errors import STATUS


def _fail_with(app, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setitem(app.view_functions, "api.taxonomy", fail)


@pytest.mark.parametrize("kind", STATUS, ids=lambda kind: kind.__name__)
def test_each_member_of_the_family_comes_with_its_status_and_sentence(
    app, client, monkeypatch, kind
):
    _fail_with(app, monkeypatch, kind("The sentence for the person."))

    answer = client.get("/api/v1/taxonomy")

    assert answer.status_code == STATUS[kind]
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == STATUS[kind]
    assert answer.json["detail"] == "The sentence for the person."
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_each_status_has_a_sentence(app, client, monkeypatch, status):
    _fail_with(app, monkeypatch, default_exceptions[status]())

    problem = client.get("/api/v1/taxonomy").json

    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert problem["detail"].endswith(".")


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v2/search", "/api/v1/nonsense", "/health/x"]
)
def test_an_address_that_leads_nowhere_is_a_problem(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.json["detail"].startswith("There is nothing at this address.")


@pytest.mark.parametrize("path", ["/nonsense", "/apiary", "/healthy"])
def test_elsewhere_people_still_read_a_page(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("path", ["/api/v1/search", "/health"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_only_reads(client, path, method):
    answer = client.open(path, method=method)

    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_a_fault_of_ours_shows_no_details(app, client, monkeypatch):
    _fail_with(app, monkeypatch, ZeroDivisionError("secret detail"))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    answer = client.get("/api/v1/taxonomy")

    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "secret detail" not in answer.text


def test_the_family_is_told_whole():
    told_elsewhere = {errors.AlreadyRunning}  # to the operator, never over HTTP
    family = set(errors.ServiceError.__subclasses__()) - told_elsewhere
    assert family <= set(STATUS)
