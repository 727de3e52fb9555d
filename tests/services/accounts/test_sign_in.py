"""Coming in: only with the right password, and without telling which names there are."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import TooManyTries
from app.domain.moments import utc_now
from app.domain.people import Role
from app.models.audit import AuditEntry
from app.services.accounts import passwords, people, sessions, sign_in
from app.services.accounts.delays import Caller
from app.services.accounts.sessions import Limits
from app.services.accounts.sign_in import admit_attempt, open_attempt
from tests.builders import a_person, actor_for

WORDS = "three random words"
LIMITS = Limits(timedelta(hours=2), timedelta(hours=12))


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, password_hash=passwords.hash_of(WORDS))


def knock(session, email, password=WORDS, *, now=None, with_samples=True, address="192.0.2.1"):
    """Try to come in as the page does; return the secret, or None."""
    now = now or utc_now()
    caller = Caller(email, address, "key")
    attempt = open_attempt(session, caller, now, with_samples=with_samples)
    admitted = None
    if attempt.is_right(password):
        admitted = admit_attempt(session, attempt, password, "A test", now)
    if admitted is None:
        sign_in.refuse(session, attempt)
    return admitted and admitted.token


def actions(session):
    return [e.action for e in session.query(AuditEntry).order_by(AuditEntry.number)]


def test_the_right_password_lets_in_however_the_name_is_typed(session, head):
    token = knock(session, f"  {head.email.upper()} ")
    assert sessions.recognise(session, token, LIMITS, utc_now()).actor.id == head.id
    assert actions(session) == [AuditAction.SIGNED_IN]


@pytest.fixture(params=["wrong", "unknown", "disabled", "no role", "no password", "invented"])
def refused(request, session, head):
    """Return what somebody sends who is not let in, and whether samples are welcome."""
    if request.param == "disabled":
        head.disabled_at = utc_now()
    if request.param == "no role":
        head.grants[0].ended_at = utc_now()
    if request.param == "no password":
        head.password_hash = None
    session.flush()
    email = "nobody@sample.example" if request.param == "unknown" else head.email
    return email, "wrong" if request.param == "wrong" else WORDS, request.param != "invented"


def test_whoever_is_refused_costs_one_verification_and_one_entry(session, refused, monkeypatch):
    email, password, with_samples = refused
    tried = []
    verify = passwords._hasher().__class__.verify
    monkeypatch.setattr(
        passwords._hasher().__class__,
        "verify",
        lambda self, kept, typed: tried.append(kept) or verify(self, kept, typed),
    )
    assert knock(session, email, password, with_samples=with_samples) is None
    assert len(tried) == 1
    assert actions(session) == [AuditAction.SIGN_IN_REFUSED]


def test_the_record_does_not_hold_what_was_typed_for_a_name(session):
    knock(session, "my secret by mistake")
    entry = session.query(AuditEntry).one()
    assert (entry.subject, entry.detail, entry.actor_id) == ("person:unknown", "", None)


def test_while_somebody_must_wait_not_even_the_right_password_is_tried(session, head):
    now = utc_now()
    for _ in range(5):
        assert knock(session, head.email, "wrong", now=now) is None
    for _ in range(195):
        with pytest.raises(TooManyTries, match="Wait 1 second, then try again") as wait:
            knock(session, head.email, now=now)
        assert wait.value.wait_s == 1
    assert knock(session, head.email, now=now + timedelta(seconds=1))
    assert actions(session).count(AuditAction.SIGN_IN_REFUSED) == 5


def test_a_name_that_is_not_known_waits_just_as_long(session, head):
    for email in (head.email, "nobody@sample.example"):
        waits = []
        for n in range(8):
            try:
                knock(session, email, "wrong", address=f"192.0.2.{n}", now=head.created_at)
            except TooManyTries as wait:
                waits.append(str(wait))
        assert waits == ["There were too many tries. Wait 1 second, then try again."] * 3


def test_whoever_is_disabled_between_try_and_entry_stays_out(session, head):
    now = utc_now()
    attempt = open_attempt(session, Caller(head.email, "x", "k"), now, with_samples=True)
    assert attempt.is_right(WORDS)
    keeper = a_person(session, Role.ADMINISTRATOR)
    people.disable(session, actor_for(keeper), head.id, now)
    assert admit_attempt(session, attempt, WORDS, "A test", now) is None


def test_a_password_that_changed_between_try_and_entry_opens_nothing(session, head):
    now = utc_now()
    attempt = open_attempt(session, Caller(head.email, "x", "k"), now, with_samples=True)
    head.password_hash = passwords.hash_of("another three words")
    session.flush()
    assert admit_attempt(session, attempt, WORDS, "A test", now) is None


def test_a_password_kept_at_another_cost_is_kept_anew(session, head):
    from argon2 import PasswordHasher

    head.password_hash = old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(
        WORDS
    )
    session.flush()
    assert knock(session, head.email)
    assert head.password_hash != old
    assert not passwords.is_outdated(head.password_hash)


def test_a_name_with_a_nul_is_nobody(session):
    assert knock(session, "head\0@sample.example") is None
