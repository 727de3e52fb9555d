"""Waits: they grow, they end, they lessen, and no header or fresh name gets round them."""

from datetime import timedelta

import pytest

from app.domain.moments import utc_now
from app.models.sign_ins import SignInDelay
from app.services.accounts import delays
from app.services.accounts.delays import ACCOUNT, ADDRESS, Caller, wait_after

NOW = utc_now()
KEY = "a key of the tests"


def a_caller(email="head@sample.example", address="192.0.2.1", **more):
    return Caller(email, address, KEY, **more)


def guess(session, caller, now):
    """Try once, as the door does; return how long to wait, zero where the try was let through."""
    wait = delays.wait_of(session, caller, now)
    if not wait:
        delays.count_failure(session, caller, now)
    return wait


def test_waits_double_up_to_their_end():
    seconds = [wait_after(n, ACCOUNT).total_seconds() for n in range(20)]
    assert seconds[:9] == [0, 0, 0, 0, 0, 1, 2, 4, 8]
    assert seconds[-1] == wait_after(10**6, ACCOUNT).total_seconds() == 900


def test_of_200_wrong_tries_at_once_only_the_free_ones_are_let_through(session):
    waits = [guess(session, a_caller(), NOW) for _ in range(200)]
    assert sum(not wait for wait in waits) == ACCOUNT.free


def test_while_one_waits_nothing_is_counted_and_afterwards_one_may_try(session):
    for _ in range(200):
        guess(session, a_caller(), NOW)
    assert guess(session, a_caller(), NOW + timedelta(seconds=0.9))
    assert not guess(session, a_caller(), NOW + timedelta(seconds=1))
    assert guess(session, a_caller(), NOW + timedelta(seconds=2.9))
    assert not guess(session, a_caller(), NOW + timedelta(seconds=3))


def test_an_attack_for_a_whole_day_keeps_nobody_out_for_more_than_a_quarter_of_an_hour(session):
    now, tries = NOW, 0
    while now < NOW + timedelta(days=1):
        wait = guess(session, a_caller(), now)
        assert wait <= timedelta(minutes=15)
        tries += not wait
        now += wait
    assert tries < 150


def test_300_accounts_from_one_address_are_slowed(session):
    waits = [guess(session, a_caller(f"{n}@sample.example"), NOW) for n in range(300)]
    assert sum(not wait for wait in waits) == ADDRESS.free


def test_one_account_from_300_addresses_is_slowed(session):
    waits = [guess(session, a_caller(address=f"192.0.2.{n % 256}"), NOW) for n in range(300)]
    assert sum(not wait for wait in waits) == ACCOUNT.free


def test_the_right_password_clears_the_account_but_not_what_else_the_address_did(session):
    for n in range(ADDRESS.free):
        guess(session, a_caller(f"{n}@sample.example"), NOW)
    delays.forgive(session, a_caller("0@sample.example"), NOW)
    assert not guess(session, a_caller("new@sample.example"), NOW)
    assert guess(session, a_caller("other@sample.example"), NOW)


def test_a_council_whose_people_are_wrong_now_and_then_is_never_kept_waiting(session):
    now = NOW
    for n in range(500):
        assert not guess(session, a_caller(f"{n}@sample.example"), now)
        now += timedelta(seconds=40)


def test_a_browser_that_was_let_in_before_counts_for_itself(session):
    for _ in range(200):
        guess(session, a_caller(), NOW)
    mine = a_caller(known_browser="a mark")
    assert [bool(guess(session, mine, NOW)) for _ in range(7)] == [False] * 5 + [True] * 2


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("no address", "no address", True),
    ],
)
def test_the_addresses_of_one_site_count_as_one(one, other, is_same):
    assert (delays.network_of(one) == delays.network_of(other)) is is_same


def test_names_count_however_they_are_typed_and_stand_nowhere_in_clear(session):
    for typed in ("Head@Sample.Example", " head@sample.example "):
        guess(session, a_caller(typed), NOW)
    rows = session.query(SignInDelay).all()
    assert sorted(row.failures for row in rows) == [2, 2]
    assert not any("sample" in row.key_hash or "192" in row.key_hash for row in rows)


def test_what_was_quiet_for_a_day_is_swept_out(session):
    guess(session, a_caller("old@sample.example", "192.0.2.9"), NOW - timedelta(hours=25))
    delays.forgive(session, a_caller(), NOW)
    assert session.query(SignInDelay).count() == 2
