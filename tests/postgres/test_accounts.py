"""Accounts on PostgreSQL: what is tried at the same moment comes one by one there too."""

import pytest

from app import db, schema
from app.services.accounts.delays import ACCOUNT
from tests.services.accounts.at_once import administrators_left, tries_let_through

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def server(database_url):
    before = db.new_session.kw.copy()
    schema.upgrade(database_url)
    engine = db.connect(database_url)
    db.new_session.configure(join_transaction_mode="conditional_savepoint")
    yield
    engine.dispose()
    db.new_session.configure(**before)


def test_of_many_tries_at_once_only_the_free_ones_are_let_through():
    assert tries_let_through(12) == ACCOUNT.free


def test_of_two_administrators_who_disable_each_other_one_is_left():
    assert administrators_left() == 1
