"""Errors are caught in one place and told by the face whose path they happen under."""

import pytest
from flask import Flask, Response, abort

from app.domain import errors
from app.faces.errors import STATUS, status_of, tell_errors


def _teller(name):
    return lambda failure: Response(f"{name} {failure.status} {failure.sentence}")


@pytest.fixture
def client():
    app = Flask(__name__)
    tell_errors(app, "/", _teller("page"))
    tell_errors(app, "/api", _teller("api"))

    @app.get("/away", endpoint="away")
    @app.get("/api/away")
    def away():
        raise errors.SearchUnavailable("Not now.")

    @app.get("/gone")
    def gone():
        abort(410)

    return app.test_client()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/nonsense", "page 404 "),
        ("/api", "api 404 "),
        ("/api/nonsense", "api 404 "),
        ("/apiary", "page 404 "),
        ("/away", "page 503 Not now."),
        ("/api/away", "api 503 Not now."),
        ("/gone", "page 410 "),
    ],
)
def test_the_longest_path_that_fits_tells(client, path, told):
    answer = client.get(path)
    assert answer.text == told
    assert str(answer.status_code) in told


def test_what_comes_back_says_when(client):
    assert int(client.get("/api/away").headers["Retry-After"]) > 0


def test_what_may_be_asked_instead_is_told(client):
    assert "GET" in client.post("/away").headers["Allow"]


def test_a_kind_of_error_has_the_status_of_its_nearest_kin():
    assert status_of(errors.TooLarge("")) == 413
    assert status_of(errors.InvalidInput("")) == 422
    assert status_of(errors.ServiceError("")) == 500


def test_a_subclass_stands_before_its_parent_in_the_table():
    kinds = list(STATUS)
    assert all(
        not issubclass(later, earlier)
        for place, earlier in enumerate(kinds)
        for later in kinds[place + 1 :]
    )
