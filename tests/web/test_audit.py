"""The page of the audit log."""

import pytest

from app.domain.audit import AuditAction
from app.domain.people import OPERATOR, Role
from app.services.ledger import audit
from tests.builders import a_person


@pytest.fixture
def administrator(as_person, session):
    return as_person(a_person(session, Role.ADMINISTRATOR))


def test_an_administrator_reads_what_was_done(administrator, session):
    somebody = a_person(session, name="Invented Isla MacRae")
    audit(session, OPERATOR, AuditAction.DISABLED, f"person:{somebody.id}", detail="left")
    page = administrator.get("/audit").text
    for words in ("The operator", "Person: disabled", "Invented Isla MacRae", "left", "1 entry"):
        assert words in page


def test_a_lead_reads_what_concerns_their_region(as_person, session):
    for region in ("tayside", "northern"):
        audit(session, OPERATOR, AuditAction.INVITED, f"invitation:{region}", region=region)
    lead = as_person(a_person(session, Role.REGIONAL_LEAD, region="tayside"))
    page = lead.get("/audit").text
    assert "Invitation tayside" in page
    assert "Invitation northern" not in page
    assert "in your region" in page


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR, Role.REGIONAL_LEAD, Role.VISITOR})
def test_nobody_else_opens_it(as_person, session, role):
    assert as_person(a_person(session, role)).get("/audit").status_code == 403


def test_a_visitor_does_not_open_it(client):
    assert client.get("/audit").status_code == 403


def test_filters_keep_to_what_was_asked_for_on_every_page(administrator, session):
    for number in range(55):
        audit(session, OPERATOR, AuditAction.INVITED, f"invitation:{number}")
    audit(session, OPERATOR, AuditAction.DISABLED, "person:1")
    page = administrator.get("/audit?action=person.invited&first_on=2020-01-01").text
    assert "55 entries" in page
    assert "/audit?action=person.invited&amp;first_on=2020-01-01&amp;page=2" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("first_on=2026-01-02&last_on=2026-01-01", "The last day must not be before the first."),
        ("last_on=9999-12-31", "Give a day from 2000 to 2100."),
        ("first_on=0001-01-01", "Give a day from 2000 to 2100."),
        ("first_on=yesterday", "Not a valid date value"),
        ("action=odd", "Not a valid choice"),
        ("person=" + "x" * 101, "Shorten the name"),
    ],
)
def test_a_filter_that_cannot_be_is_told(administrator, query, said):
    answer = administrator.get(f"/audit?{query}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert said in answer.text


def test_an_odd_name_finds_nothing_and_breaks_nothing(administrator):
    for odd in ("%00x", "%25", "%F0%9F%98%80", "'%20OR%201=1"):
        assert administrator.get(f"/audit?person={odd}").status_code == 200
