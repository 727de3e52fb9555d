"""In production one address may ask so often; people and programs are told in their own form."""

import pytest

from app import create_app, db
from config import Settings
from tests.page import Page


@pytest.fixture
def client(tmp_path):
    before = db.new_session.kw.get("bind")
    settings = Settings(
        testing=True,
        environment="production",
        secret_key="a-secret-of-our-own-that-is-long-enough",
        database_url=f"sqlite:///{tmp_path}/library.sqlite",
        index_dir=tmp_path / "index",
        search_engine="memory",
        follower="none",
        rate_limit_per_minute=3,
    )
    app = create_app(settings)
    app.test_client_class = Page
    yield app.test_client()
    db.new_session.configure(bind=before)


def test_all_doors_count_together_and_each_face_tells_in_its_form(client):
    for path in ("/about", "/privacy", "/api/v1/taxonomy"):
        assert client.get(path).status_code == 200
    page, problem = client.get("/about"), client.get("/api/v1/taxonomy")
    assert (page.status_code, problem.status_code) == (429, 429)
    assert "<h1>Too many requests</h1>" in page.text
    assert problem.mimetype == "application/problem+json"
    assert page.headers["Retry-After"] == problem.headers["Retry-After"] == "60"


def test_style_sheets_and_the_watch_do_not_count(client):
    for _ in range(5):
        assert client.get("/static/site.css").status_code == 200
        assert client.get("/health").status_code != 429
    assert client.get("/about").status_code == 200


def test_each_address_counts_for_itself(client):
    for _ in range(4):
        last = client.get("/about")
    assert last.status_code == 429
    other = client.get("/about", environ_base={"REMOTE_ADDR": "10.0.0.2"})
    assert other.status_code == 200
