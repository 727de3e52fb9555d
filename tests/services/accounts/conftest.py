"""Passwords that cost little, in whatever order the tests run."""

import pytest

from app.services.accounts import passwords


@pytest.fixture(autouse=True)
def cheap_passwords():
    passwords.spend(little=True)
