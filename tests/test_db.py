"""The two ways to open a session keep their promises on a real SQLite file."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import sessionmaker

from app import db
from app.domain.errors import DatabaseAway, InvalidInput
from app.models.base import Base
from app.models.resources import Resource
from tests.builders import a_resource


@pytest.fixture
def file_database(tmp_path, monkeypatch):
    """A database in a file, in a folder that was not there."""
    monkeypatch.setattr(db, "new_session", sessionmaker(expire_on_commit=False))
    engine = db.connect(f"sqlite:///{tmp_path}/new/folder/library.sqlite")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def _count():
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Resource))


def test_a_unit_of_work_that_ends_well_is_kept(file_database):
    with db.unit_of_work() as session:
        a_resource(session)
    assert _count() == 1


def test_a_unit_of_work_that_fails_leaves_nothing(file_database):
    def work():
        with db.unit_of_work() as session:
            a_resource(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert _count() == 0


def test_nothing_done_while_reading_is_kept(file_database):
    with db.reading() as session:
        a_resource(session)
    assert _count() == 0


def test_one_reads_while_another_writes(file_database):
    with db.unit_of_work() as session:
        a_resource(session)
        assert _count() == 0
    assert _count() == 1


def test_a_second_published_revision_is_refused_by_the_database(file_database):
    from sqlalchemy.exc import IntegrityError

    from app.models.resources import Revision

    def publish_twice():
        with db.unit_of_work() as session:
            resource = a_resource(session)
            first = resource.revisions[0]
            session.add(
                Revision(
                    resource_id=resource.id,
                    number=2,
                    title=first.title,
                    body_markdown="",
                    region=first.region,
                    state=first.state,
                )
            )

    with pytest.raises(IntegrityError):
        publish_twice()


def test_moments_come_back_with_their_zone(file_database):
    with db.unit_of_work() as session:
        a_resource(session)
    with db.reading() as session:
        resource = session.scalars(select(Resource)).one()
        assert resource.created_at.utcoffset().total_seconds() == 0


def test_a_database_that_is_torn_is_away_and_its_words_stay_out_of_the_log(tmp_path, caplog):
    (tmp_path / "torn.sqlite").write_bytes(b"no database" * 100)
    engine = db.make_engine(f"sqlite:///{tmp_path}/torn.sqlite")
    with pytest.raises(DatabaseAway, match="cannot be reached"), db.away_told():
        engine.connect()
    engine.dispose()


def test_a_statement_that_fails_does_not_log_what_people_wrote(file_database):
    with pytest.raises(DatabaseAway) as told, db.reading() as session:
        session.execute(text("SELECT :words FROM nowhere"), {"words": "private words"})
    assert "private words" not in str(told.value.__cause__)


@pytest.mark.parametrize("url", ["x", "http://x", "mysql://user:password@x/y"])
def test_a_url_that_cannot_be_used_is_told_without_its_password(url):
    with pytest.raises(InvalidInput, match="DATABASE_URL cannot be used") as told:
        db.make_engine(url)
    assert "password" not in str(told.value)
