"""A program acts as far as its token and its person's role both reach, while both last."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.domain.permissions import Action, allows
from app.domain.tokens import TOKEN_SCOPES, TokenScope
from app.models.audit import AuditEntry
from app.models.sign_ins import ApiToken
from app.services.accounts import tokens as service
from tests.builders import a_person, actor_for

READ, WRITE, REVIEW = TokenScope
ACCOUNT_ACTS = {Action.HAVE_ACCOUNT, Action.INVITE, Action.KEEP_ACCOUNTS, Action.READ_AUDIT}


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


def made(session, person, *scopes, days=30):
    return service.make(session, actor_for(person), "Council website", scopes or (READ,), days)


def known(session, secret, at=None):
    found = service.recognise(session, secret, at or utc_now())
    return found.actor if found else None


def test_a_secret_is_known_again_and_only_its_hash_is_kept(session, lead):
    secret = made(session, lead)
    assert len(secret) == 47
    token = session.scalars(select(ApiToken)).one()
    assert token.token_hash == sha256(secret.encode()).hexdigest()
    assert known(session, secret).id == lead.id


@pytest.mark.parametrize("scope", TokenScope)
def test_it_keeps_to_its_scope_within_the_role(session, lead, scope):
    actor = known(session, made(session, lead, scope))
    for action in Action:
        may = action in TOKEN_SCOPES[scope] and allows(actor_for(lead), action)
        assert allows(actor, action) is may


def test_no_scope_reaches_accounts_or_the_record():
    assert not ACCOUNT_ACTS & set().union(*TOKEN_SCOPES.values())


def test_a_token_makes_lists_and_revokes_no_tokens(session, lead):
    actor = known(session, made(session, lead, *TokenScope))
    for attempt in (
        lambda: service.make(session, actor, "Another", [READ], 1),
        lambda: service.find_mine(session, actor),
        lambda: service.revoke(session, actor, 1),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_it_ends_when_it_expires_or_is_revoked(session, lead):
    secret = made(session, lead, days=30)
    assert known(session, secret, utc_now() + timedelta(days=31)) is None
    service.revoke(session, actor_for(lead), 1)
    service.revoke(session, actor_for(lead), 1)  # harmless
    assert known(session, secret) is None


def test_it_ends_with_the_account_and_with_the_role(session, lead):
    secret = made(session, lead, REVIEW)
    grant = lead.grants[0]
    grant.ended_at = utc_now()
    session.flush()
    assert known(session, secret) is None
    grant.ended_at, lead.disabled_at = None, utc_now()
    session.flush()
    assert known(session, secret) is None


@pytest.mark.parametrize(
    "odd", ["", "gpl_", "gpl_" + "x" * 43, "x" * 47, "gpl_" + "x" * 9999, "gpl_\x00", "gpl_’"]
)
def test_what_is_no_token_of_ours_is_not_known(session, lead, odd):
    made(session, lead)
    assert known(session, odd) is None


def test_its_use_is_kept_roughly(session, lead):
    secret = made(session, lead)
    now = utc_now()
    first = service.recognise(session, secret, now)
    assert first.is_due
    service.note_used(session, first.token_id, now)
    session.expire_all()
    assert not service.recognise(session, secret, now + timedelta(minutes=4)).is_due
    assert service.recognise(session, secret, now + timedelta(minutes=6)).is_due


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"name": "  "}, "Name the token"),
        ({"name": "x" * 101}, "Name the token"),
        ({"name": "a\x00b"}, "Name the token"),
        ({"scopes": ()}, "Choose what"),
        ({"days": 0}, "from 1 to 365 days"),
        ({"days": 366}, "from 1 to 365 days"),
    ],
)
def test_what_cannot_be_a_token_is_told(session, lead, odd, said):
    words = {"name": "Mine", "scopes": (READ,), "days": 30} | odd
    with pytest.raises(InvalidInput, match=said):
        service.make(session, actor_for(lead), **words)


def test_somebody_elses_is_not_there_and_a_visitor_has_none(session, lead):
    made(session, lead)
    other = actor_for(a_person(session))
    with pytest.raises(NotFound):
        service.revoke(session, other, 1)
    assert service.find_mine(session, other) == ()
    with pytest.raises(NotAllowed):
        service.find_mine(session, VISITOR)


def test_the_record_holds_what_was_made_and_no_secret(session, lead):
    secret = made(session, lead, WRITE)
    service.revoke(session, actor_for(lead), 1)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [e.action for e in entries] == [AuditAction.TOKEN_MADE, AuditAction.TOKEN_REVOKED]
    assert entries[0].detail == "write, 30 days"
    assert all(secret not in str(vars(entry)) for entry in entries)
