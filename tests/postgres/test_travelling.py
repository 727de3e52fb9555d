"""Tags, collections, shares, follows, tries and questions on PostgreSQL: the demo plays there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app, db
from app.domain.moments import utc_now
from app.domain.tags import TagStep
from app.models.people import Person
from app.services.accounts import sessions
from app.services.shares import links
from app.services.shares.things import ThingKind, read_thing
from app.services.tags.changing import Wish, change
from config import Settings
from tests.builders import actor_for

pytestmark = pytest.mark.postgres

PROJECT = Path(__file__).parent.parent.parent
COMMANDS = (
    "db upgrade",
    "content load",
    "accounts demo",
    "submissions demo",
    "demo play",
    "follows digest",
    "index rebuild",
)
NUMBER_TALKS = "number-talks-in-a-p5-6-composite"
PAGES = (
    f"/resources/{NUMBER_TALKS}",
    f"/resources/{NUMBER_TALKS}/tries",
    f"/resources/{NUMBER_TALKS}/questions",
    "/collections",
    "/collections/talking-about-number",
    "/tags",
    "/tags/number-talks",
    "/my",
    "/shares",
    "/shares/sent",
    "/feeds/tag/number-talks.atom",
    "/feeds/collection/talking-about-number.atom",
    "/search?q=number&sort=most-tried",
)


@pytest.fixture
def app(database_url, tmp_path):
    content = tmp_path / "content"
    for name in ("case-studies", "professional-learning", "collections"):
        shutil.copytree(PROJECT / "content" / name, content / name)
    shutil.copy(PROJECT / "content/sample-activity.yaml", content)
    places = {"CONTENT_DIR": str(content), "INDEX_DIR": str(tmp_path / "index")}
    environment = os.environ | places | {"DATABASE_URL": database_url, "FLASK_APP": "wsgi.py"}
    for words in COMMANDS:
        command = [sys.executable, "-m", "flask", *words.split()]
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, (words, done.stderr)
    before = db.new_session.kw.copy()
    yield create_app(
        Settings(
            testing=True,
            database_url=database_url,
            content_dir=content,
            index_dir=tmp_path / "index",
            follower="none",
        )
    )
    db.new_session.kw["bind"].dispose()
    db.new_session.configure(**before)


def _person(session, email):
    return session.scalars(select(Person).where(Person.email == f"{email}@sample.example")).one()


def test_every_page_is_drawn_and_what_counts_is_counted(app):
    client = app.test_client()
    with db.unit_of_work() as session:
        token = sessions.begin(session, _person(session, "lead.tayside"), "A test", utc_now())
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    wrong = {path: client.get(path).status_code for path in PAGES}
    assert set(wrong.values()) == {200}, wrong

    with db.unit_of_work() as session:
        lead = actor_for(_person(session, "lead.tayside"))
        kept = "one-adult-one-timetable-for-care-experienced-young-people"
        thing = read_thing(session, lead, ThingKind.RESOURCE, kept)
        secret = links.make_link(session, lead, thing, days=7, most_uses=1)
        assert links.use_link(session, secret).uses == 1
        administrator = actor_for(_person(session, "administrator"))
        change(session, administrator, "maths-anxiety", Wish(TagStep.MERGE, into="number talks"))
    assert client.get("/tags/maths-anxiety").location == "/tags/number-talks"
