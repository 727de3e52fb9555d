"""One app and one database for the whole run; each test undoes what it did."""

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

from app import create_app, db
from app.domain.moments import utc_now
from app.followers.documents import documents
from app.models.base import Base
from app.models.tag_names import names_of_tags
from app.search.engines.memory_engine import MemoryEngine
from app.services.accounts import sessions
from config import Settings
from tests.content_app import TAXONOMY
from tests.page import Page


@pytest.fixture(scope="session")
def taxonomy():
    return TAXONOMY


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    app = create_app(
        Settings(
            testing=True,
            database_url="sqlite://",
            search_engine="memory",
            content_dir=folder / "content",
            index_dir=folder / "index",
            follower="none",
        )
    )
    app.test_client_class = Page
    return app


@pytest.fixture(scope="session")
def engine(app):
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection, _):
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")

    Base.metadata.create_all(engine)
    return engine


@pytest.fixture
def session(engine):
    """A session inside a transaction that is rolled back after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        db.new_session.configure(bind=connection, join_transaction_mode="create_savepoint")
        with db.new_session() as session:
            yield session
        outer.rollback()


@pytest.fixture
def client(app, session):
    return app.test_client()


@pytest.fixture
def as_person(app, session):
    """Return a function that gives a client in which a person is signed in: as_person(teacher)."""

    def sign_in(person):
        client = app.test_client()
        token = sessions.begin(session, person, "A test", utc_now())
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    return sign_in


@pytest.fixture
def index_now(app, session, taxonomy):
    """Return a function that brings the search index up to what the session holds."""
    search: MemoryEngine = app.extensions["parts"].search

    def carry():
        session.flush()
        search.rebuild(documents(session, taxonomy))
        search.name_tags(names_of_tags(session))

    yield carry
    search.rebuild([])
    search.name_tags(())
