"""Who may read the audit log, and how it may be narrowed."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import NotAllowed
from app.domain.moments import utc_now
from app.domain.people import OPERATOR, Role
from app.domain.workflow import State
from app.services.audit.reading import AuditFilters, find, read_all
from app.services.ledger import audit
from tests.builders import a_draft, a_person, a_resource, actor_for, an_actor


@pytest.fixture
def lead(session):
    return actor_for(a_person(session, Role.REGIONAL_LEAD, region="tayside"))


def said(found):
    return [told.entry.subject for told in found.entries]


def test_an_administrator_reads_all_and_a_lead_their_region(session, lead):
    for region in ("tayside", "northern", None):
        audit(session, OPERATOR, AuditAction.INVITED, f"invitation:{region}", region=region)
    assert said(find(session, OPERATOR)) == [
        "invitation:None", "invitation:northern", "invitation:tayside",
    ]  # fmt: skip
    found = find(session, lead)
    assert (said(found), found.total) == (["invitation:tayside"], 1)
    assert [told.entry.number for told in read_all(session, OPERATOR)] == [1, 2, 3]
    assert len(list(read_all(session, lead))) == 1


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR, Role.REGIONAL_LEAD})
def test_nobody_else_reads_any(session, role):
    with pytest.raises(NotAllowed):
        find(session, an_actor(role))
    with pytest.raises(NotAllowed):
        list(read_all(session, an_actor(role)))


def test_it_is_narrowed_by_what_was_done_by_whom_and_when(session):
    one = a_person(session, name="Invented Isla MacRae")
    two = a_person(session, name="Invented Rory 100%")
    audit(session, actor_for(one), AuditAction.SIGNED_IN, f"person:{one.id}")
    audit(session, actor_for(two), AuditAction.SIGNED_OUT, f"person:{two.id}")
    audit(session, OPERATOR, AuditAction.DISABLED, f"person:{one.id}")
    today = utc_now().date()

    def numbers(**filters):
        return [t.entry.number for t in find(session, OPERATOR, AuditFilters(**filters)).entries]

    assert numbers(action=AuditAction.SIGNED_OUT) == [2]
    assert numbers(person="isla") == [3, 1]
    assert numbers(person="100%") == [2]
    assert numbers(person=two.email) == [2]
    assert numbers(person="nobody") == []
    assert numbers(first_on=today, last_on=today) == [3, 2, 1]
    assert numbers(first_on=today + timedelta(days=1)) == []
    assert numbers(last_on=today - timedelta(days=1)) == []


def test_pages_hold_fifty(session):
    for number in range(60):
        audit(session, OPERATOR, AuditAction.INVITED, f"invitation:{number}")
    assert len(find(session, OPERATOR).entries) == 50
    assert said(find(session, OPERATOR, page=2))[-1] == "invitation:0"
    assert find(session, OPERATOR, page=10**9).entries == ()


def test_names_are_as_they_are_now_and_a_drafts_words_stay_out(session):
    author = a_person(session, name="Before")
    draft = a_draft(session, author, title="A secret of mine")
    out = a_resource(session, title="For everybody", state=State.PUBLISHED).revisions[0]
    for subject in (f"person:{author.id}", f"revision:{draft.id}", f"revision:{out.id}", "odd:x"):
        audit(session, actor_for(author), AuditAction.OFFERED, subject)
    author.name = "After"
    session.flush()

    entries = find(session, OPERATOR).entries[::-1]

    assert {told.who for told in entries} == {"After"}
    assert [told.subject for told in entries] == [
        "After",
        f"Revision {draft.id}",
        f"revision {out.id}, “For everybody”",
        "Odd x",
    ]
    assert {told.action_label for told in entries} == {"Revision: offer"}
