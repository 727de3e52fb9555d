"""Signing in where real people are: no demo people, safe cookies, true addresses."""

import pytest

from app import create_app, db
from app.db import unit_of_work
from app.domain.moments import utc_now
from app.domain.people import OPERATOR
from app.services.accounts import demo, passwords
from config import Settings
from tests.builders import a_person
from tests.page import Page
from tests.signing_in import SECRET, WORDS, knocker


@pytest.fixture
def production(tmp_path, session):
    """Yield an app as real people meet it, on a database of its own."""
    before = db.new_session.kw.copy()
    settings = Settings(
        testing=True,
        environment="production",
        secret_key="a-secret-of-our-own-that-is-long-enough",
        database_url=f"sqlite:///{tmp_path}/library.sqlite",
        index_dir=tmp_path / "index",
        search_engine="memory",
        follower="none",
        trusted_proxies=1,
    )
    app = create_app(settings)
    app.test_client_class = Page
    from app.models.base import Base

    engine = db.connect(settings.database_url)
    db.new_session.configure(join_transaction_mode="conditional_savepoint")
    Base.metadata.create_all(engine)
    yield app
    engine.dispose()
    db.new_session.configure(**before)


HTTPS = {"base_url": "https://library.example"}


def test_in_production_there_are_no_demo_people(production, taxonomy):
    with unit_of_work() as session:
        demo.set_up(session, OPERATOR, taxonomy, utc_now())
    assert not [e for e in production.view_functions if e.startswith("demo.")]
    client = production.test_client()
    page = client.get("/sign-in", **HTTPS)
    assert "invented" not in page.text
    email = demo.ADDRESS.format(demo.PEOPLE[0].local)
    secret = SECRET.search(page.text)[1]
    form = {"csrf_token": secret, "email": email, "password": demo.PASSWORD}
    https = {**HTTPS, "headers": {"Referer": "https://library.example/sign-in"}}
    assert client.post("/sign-in/demo", data=form, **https).status_code == 404
    assert client.post("/sign-in", data=form, **https).status_code == 422


def test_in_production_cookies_are_for_https_and_not_for_scripts(production):
    with unit_of_work() as session:
        person = a_person(session, password_hash=passwords.hash_of(WORDS))
        person.is_sample = False
        email = person.email
    client = production.test_client()
    page = client.get("/sign-in", **HTTPS)
    secret = SECRET.search(page.text)[1]
    form = {"csrf_token": secret, "email": email, "password": WORDS}
    answer = client.post(
        "/sign-in", data=form, headers={"Referer": "https://library.example/sign-in"}, **HTTPS
    )
    assert answer.status_code == 302
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_behind_a_proxy_only_what_the_proxy_added_counts(production):
    client = production.test_client()
    tried = knocker(client, **HTTPS)

    def knock(n, last):
        forwarded = f"198.51.100.{n % 250}, {last}"
        headers = {"X-Forwarded-For": forwarded, "Referer": "https://library.example/sign-in"}
        return tried(f"{n}@a.example", headers=headers).status_code

    forged = [knock(n, "192.0.2.7") for n in range(60)]
    assert forged[:50] == [422] * 50
    assert 429 in forged
    assert knock(999, "192.0.2.8") == 422
