"""One's own account: a new password ends what was open, and a way back in works once."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound, TooManyTries
from app.domain.events import EventKind
from app.domain.moments import utc_now
from app.domain.people import Role
from app.models.audit import AuditEntry
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.models.sign_ins import PasswordReset
from app.services.accounts import own_account, passwords, sessions, sign_in
from app.services.accounts.delays import Caller
from app.services.accounts.sessions import Limits
from tests.builders import a_person, actor_for

OLD, NEW = "three random words", "four other random words"
LIMITS = Limits(timedelta(hours=2), timedelta(hours=12))


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, password_hash=passwords.hash_of(OLD))


def ask(session, email, now=None, address="192.0.2.1"):
    caller = Caller(email, address, "key", wants="a reset")
    own_account.ask_for_reset(session, caller, now or utc_now())


def use(session, reset, password=NEW, now=None):
    held = own_account.read_usable_reset(session, reset.id, now or utc_now())
    return own_account.use_reset(
        session, held, password=password, device="A test", now=now or utc_now()
    )


def is_known(session, token):
    return sessions.recognise(session, token, LIMITS, utc_now()) is not None


def test_a_new_password_ends_every_sign_in_and_the_present_browser_gets_another(session, head):
    before = [sessions.begin(session, head, "A test", utc_now()) for _ in range(3)]
    caller = Caller(head.email, "", "key")
    attempt = sign_in.open_attempt(session, caller, utc_now(), with_samples=True)
    admitted = own_account.change_password(
        session, attempt, new=NEW, device="A test", now=utc_now()
    )
    assert not any(is_known(session, token) for token in before)
    assert is_known(session, admitted.token)
    assert passwords.is_right(head.password_hash, NEW)
    assert session.query(Notification).one().sentence == "Your password was changed."


def test_a_reset_is_mailed_used_once_and_ends_what_was_open(session, head):
    before = sessions.begin(session, head, "A test", utc_now())
    ask(session, f" {head.email.upper()}")
    reset = session.query(PasswordReset).one()
    event = session.query(OutboxEvent).one()
    assert (event.kind, event.subject_id) == (EventKind.RESET_ASKED, str(reset.id))
    admitted = use(session, reset)
    assert is_known(session, admitted.token)
    assert not is_known(session, before)
    with pytest.raises(NotFound):
        use(session, reset)


def test_one_link_used_ends_the_others(session, head):
    ask(session, head.email)
    ask(session, head.email)
    first, second = session.query(PasswordReset).order_by(PasswordReset.id)
    use(session, second)
    with pytest.raises(NotFound):
        use(session, first)


def test_after_an_hour_a_link_is_over(session, head):
    ask(session, head.email)
    with pytest.raises(NotFound):
        use(session, session.query(PasswordReset).one(), now=utc_now() + timedelta(hours=1))


def test_a_link_is_worth_nothing_for_an_account_that_is_shut(session, head):
    ask(session, head.email)
    head.disabled_at = utc_now()
    session.flush()
    with pytest.raises(NotFound):
        use(session, session.query(PasswordReset).one())


def test_a_link_is_kept_when_the_new_password_is_not_good_enough(session, head):
    ask(session, head.email)
    reset = session.query(PasswordReset).one()
    with pytest.raises(InvalidInput):
        use(session, reset, "short")
    assert reset.used_at is None
    assert passwords.is_right(head.password_hash, OLD)


@pytest.mark.parametrize("kind", ["known", "unknown", "disabled"])
def test_asking_leaves_the_same_on_record_whoever_it_is(session, head, kind):
    email = head.email if kind != "unknown" else "nobody@sample.example"
    head.disabled_at = utc_now() if kind == "disabled" else None
    session.flush()
    ask(session, email)
    assert [e.action for e in session.query(AuditEntry)] == [AuditAction.RESET_ASKED]
    assert session.query(PasswordReset).count() == (kind == "known")


def test_asking_too_often_must_wait_known_or_not(session, head):
    said = []
    for email in (head.email, "nobody@sample.example"):
        for n in range(5):
            ask(session, email, address=f"192.0.2.{n}", now=head.created_at)
        with pytest.raises(TooManyTries) as wait:
            ask(session, email, address="192.0.2.99", now=head.created_at)
        said.append(str(wait.value))
    assert said[0] == said[1]
    assert session.query(PasswordReset).count() == own_account.RESETS_AT_ONCE


def test_only_ones_own_browsers_are_seen_and_ended(session, head):
    other = a_person(session)
    sessions.begin(session, other, "Not mine", utc_now())
    mine = sessions.begin(session, head, "Mine", utc_now())
    found = own_account.find_sign_ins(session, actor_for(head), LIMITS, utc_now())
    assert [one.device for one in found] == ["Mine"]
    with pytest.raises(NotFound):
        own_account.end_sign_in(session, actor_for(other), found[0].id, utc_now())
    own_account.end_sign_in(session, actor_for(head), found[0].id, utc_now())
    assert not is_known(session, mine)


def test_a_sign_in_ends_when_idle_and_at_last_in_any_case(session, head):
    now = utc_now()
    token = sessions.begin(session, head, "A test", now)
    assert sessions.recognise(session, token, LIMITS, now + timedelta(hours=1.9))
    assert not sessions.recognise(session, token, LIMITS, now + timedelta(hours=2))
    known = sessions.recognise(session, token, LIMITS, now)
    sessions.note_seen(session, known.sign_in_id, now + timedelta(hours=11.5))
    assert sessions.recognise(session, token, LIMITS, now + timedelta(hours=11.9))
    assert not sessions.recognise(session, token, LIMITS, now + timedelta(hours=12))
