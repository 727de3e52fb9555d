"""The database's shape: migrations make what the models say, and an empty one is made ready."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from app import models, schema
from app.db import make_engine
from app.models.base import Base


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/library.sqlite"


@pytest.fixture
def engine(url):
    engine = make_engine(url)
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_models(url, engine):
    assert models
    schema.upgrade(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_names_of_constraints_are_those_of_the_models(url, engine):
    schema.upgrade(url)
    for table in Base.metadata.sorted_tables:
        made = inspect(engine)
        assert made.get_pk_constraint(table.name)["name"] == table.primary_key.name
        wanted = {constraint.name for constraint in table.foreign_key_constraints}
        assert {key["name"] for key in made.get_foreign_keys(table.name)} == wanted


def test_an_empty_database_is_made_ready_and_twice_is_harmless(url, engine):
    schema.make_ready(url)
    schema.make_ready(url)
    assert "revisions" in inspect(engine).get_table_names()
    assert schema.upgrade(url) == schema.newest()


def test_a_database_behind_its_migrations_is_told_with_the_command_that_mends_it(url, engine):
    schema.make_ready(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(schema.DatabaseBehind, match="flask db upgrade"):
        schema.make_ready(url)


def test_the_migrations_can_be_taken_back(url, engine):
    from alembic import command

    schema.upgrade(url)
    command.downgrade(schema._config(engine), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
