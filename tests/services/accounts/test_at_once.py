"""At the same moment: no try slips past the count, and an administrator is always left."""

import pytest

from app import db
from app.models.base import Base
from app.services.accounts.delays import ACCOUNT
from tests.services.accounts.at_once import administrators_left, tries_let_through


@pytest.fixture(autouse=True)
def file(tmp_path):
    """Keep the record in a file of its own, as a server does."""
    before = db.new_session.kw.copy()
    engine = db.connect(f"sqlite:///{tmp_path}/library.sqlite")
    db.new_session.configure(join_transaction_mode="conditional_savepoint")
    Base.metadata.create_all(engine)
    yield
    engine.dispose()
    db.new_session.configure(**before)


def test_of_many_tries_at_once_only_the_free_ones_are_let_through():
    assert tries_let_through(20) == ACCOUNT.free


def test_of_two_administrators_who_disable_each_other_one_is_left():
    assert administrators_left() == 1
