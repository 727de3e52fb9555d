"""The headers of every answer."""

import pytest

PATHS = ["/", "/search?q=x", "/no-such-page", "/static/site.css", "/api/v1/search", "/health"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(client, index_now, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers


def test_files_with_a_fingerprint_are_kept_for_a_year(client):
    assert "immutable" in client.get("/static/site.css?v=abc").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/site.css").headers["Cache-Control"]


@pytest.mark.parametrize("coding", ["gzip", "br"])
@pytest.mark.parametrize("path", ["/", "/static/site.css", "/api/v1/taxonomy"])
def test_what_is_read_is_sent_compressed(client, index_now, path, coding):
    answer = client.get(path, headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_https_is_remembered(client):
    answer = client.get("/about", base_url="https://library.example")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
