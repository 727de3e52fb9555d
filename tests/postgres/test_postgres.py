"""PostgreSQL is a change of address: the same library, the same promises."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app import create_app, db, schema
from app.db import unit_of_work
from app.domain.workflow import Step
from app.models.base import Base
from app.models.resources import Revision
from config import PROJECT_DIR, Settings
from scripts.killing.review_library import ReviewLibrary, decide
from scripts.killing.review_race import race
from tests.builders import a_resource

pytestmark = pytest.mark.postgres


@pytest.fixture
def library(database_url, tmp_path):
    """An app on an empty PostgreSQL database, with the sample library's files."""
    for name in ("case-studies", "professional-learning"):
        shutil.copytree(PROJECT_DIR / "content" / name, tmp_path / "content" / name)
    settings = Settings(
        database_url=database_url,
        content_dir=tmp_path / "content",
        index_dir=tmp_path / "index",
        follower="none",
    )
    yield create_app(settings)
    db.new_session.kw["bind"].dispose()


@pytest.fixture
def run(library):
    def command(*words):
        result = library.test_cli_runner().invoke(args=words)
        assert result.exit_code == 0, result.output
        return result.output

    return command


def test_migrations_and_models_agree(database_url):
    schema.upgrade(database_url)
    engine = db.make_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_sample_library_loads_is_found_and_agrees(run):
    assert run("content", "load").startswith("64 new, 0 changed, 0 unchanged, 0 refused")
    assert run("content", "load").startswith("0 new, 0 changed, 64 unchanged, 0 refused")
    assert "numeracy breakfast" in run("search", "find", "PEF", "P5")
    assert "all agree" in run("index", "check")
    assert "all agree" in run("content", "check")


def test_pages_and_api_are_served(run, library):
    run("content", "load")
    client = library.test_client()
    hit = client.get("/api/v1/search?q=numeracy").json["hits"][0]

    for path in ("/", "/search?q=numeracy", "/browse/stage", f"/resources/{hit['slug']}"):
        assert client.get(path).status_code == 200
    assert client.get(f"/resources/{hit['id']}").status_code == 301
    assert client.get(f"/api/v1/resources/{hit['id']}").json["title"] == hit["title"]
    assert client.get("/resources/%00").status_code == 404
    assert client.get("/health").json["is_well"]


def test_a_second_published_revision_is_refused_by_the_database(run):
    run("db", "upgrade")

    def publish_twice():
        with db.unit_of_work() as session:
            resource = a_resource(session)
            first = resource.revisions[0]
            again = Revision(
                resource_id=resource.id,
                number=2,
                title=first.title,
                body_markdown="",
                region=first.region,
                state=first.state,
            )
            session.add(again)

    with pytest.raises(IntegrityError):
        publish_twice()


@pytest.fixture
def review_library(tmp_path, database_url):
    library = ReviewLibrary(tmp_path, database_url)
    yield library
    library.close()


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(review_library):
    raced = race(review_library, pairs=20)
    assert raced.faults == []
    assert (raced.told, sum(raced.won.values())) == (20, 20)


@pytest.mark.parametrize(
    "act", ["UPDATE audit_entries SET detail = 'x'", "DELETE FROM audit_entries"]
)
def test_the_audit_log_is_only_added_to(review_library, act):
    decide(review_library.lead(0), review_library.submit(1)[0], Step.APPROVE)
    with pytest.raises(DBAPIError, match="only ever added to"), unit_of_work() as session:
        session.execute(text(act))
