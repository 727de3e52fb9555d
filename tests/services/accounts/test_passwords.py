"""Passwords: length counts, and that others would not guess them."""

import pytest

from app.domain.errors import InvalidInput
from app.services.accounts import passwords


@pytest.mark.parametrize(
    "password",
    ["three random words", "x9" * 3 + "abcdefgh", "tha mi à Steòrnabhagh", "p" + "äöüß" * 3],
)
def test_length_is_enough_and_no_sign_is_asked_for(password):
    passwords.require_good(password, "Ishbel Demo", "ishbel@sample.example")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 12"),
        ("x" * 129, "at most 128"),
        ("123456789012", "easily guessed"),
        ("Password 1234", "easily guessed"),
        ("aaaaaaaaaaaaaa", "easily guessed"),
        ("Ishbel Demo 1", "easily guessed"),
        ("ishbel@sample.example", "easily guessed"),
        ("ISHBELDEMO2026", "easily guessed"),
    ],
)
def test_what_others_would_guess_is_refused(password, why):
    with pytest.raises(InvalidInput, match=why):
        passwords.require_good(password, "Ishbel Demo", "ishbel@sample.example")


def test_only_the_password_that_was_kept_is_right():
    kept = passwords.hash_of("three random words")
    assert kept.startswith("$argon2id$")
    assert passwords.is_right(kept, "three random words")
    assert not passwords.is_right(kept, "three random word")
    assert not passwords.is_right("not a hash", "three random words")


def test_where_none_is_kept_no_password_is_right_not_even_the_one_of_nobody():
    assert not passwords.is_right(None, passwords.NOBODY)


def test_a_password_kept_at_another_cost_is_known_to_be_outdated():
    kept = passwords.hash_of("three random words")
    assert not passwords.is_outdated(kept)
    passwords.spend(little=False)
    try:
        assert passwords.is_outdated(kept)
    finally:
        passwords.spend(little=True)
