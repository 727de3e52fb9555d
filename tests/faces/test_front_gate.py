"""What a request calls the server leads nobody astray."""

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request

from app.faces.front_gate import FrontGate


def echo(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [Request(environ).url.encode()]


def ask(host, public_url="", **more):
    return Client(FrontGate(echo, public_url)).get("/about", headers={"Host": host}, **more)


@pytest.mark.parametrize(
    "host", ["library.example", "127.0.0.1:5000", "[::1]:80", "my_box", "a.b."]
)
def test_a_link_begins_as_the_request_names_the_server(host):
    assert ask(host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "a b",
        "<script>",
        "a" * 64,
        "a..b",
        "user@a",
        "a/b",
        "a, b",
        "a:99999999",
        "é",
        ".".join("a" * 200),
    ],
)
def test_a_name_that_is_none_is_refused(host):
    assert ask(host).status_code == 400


def test_where_the_operator_says_it_no_request_changes_how_a_link_begins():
    for host in ("evil.example", "<script>"):
        answer = ask(host, "https://library.example:8443")
        assert answer.text == "https://library.example:8443/about"


def test_the_app_stands_behind_the_gate(client):
    answer = client.get("/resources/nothing", headers={"Host": "a" * 300})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
