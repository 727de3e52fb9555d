"""Pages of people and schools: what each role finds on them, and what it may do."""

import pytest

from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, MAY_INVITE, Role
from app.models.people import Invitation
from tests.builders import a_person, a_school, actor_for

GUEST = {"name": "Invented Guest", "email": "guest@sample.example"}


@pytest.fixture
def keeper(session):
    return a_person(session, Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", BELONGS_TO)
def test_only_who_may_invite_sees_people(as_person, session, role):
    client = as_person(a_person(session, role))
    expected = 200 if role in MAY_INVITE else 403
    for path in ("/people", "/people/invite"):
        assert client.get(path).status_code == expected
    assert client.get("/schools").status_code == (200 if role is Role.ADMINISTRATOR else 403)


def test_what_is_wrong_is_told_in_the_order_of_the_form(as_person, session):
    head = a_person(session, Role.HEADTEACHER)
    text = as_person(head).send("/people/invite", {}).text
    places = [text.index(said) for said in ("Enter a name", "Enter an e-mail", "Choose a role")]
    assert places == sorted(places)


def test_a_headteacher_invites_a_teacher_without_naming_the_school(as_person, session):
    head = a_person(session, Role.HEADTEACHER)
    client = as_person(head)
    page = client.get("/people/invite").text
    assert 'name="school"' not in page
    assert 'value="headteacher"' not in page
    assert client.send("/people/invite", {**GUEST, "role": "teacher"}).location == "/people"
    invitation = session.query(Invitation).one()
    assert invitation.school_id == actor_for(head).school_id
    page = client.get("/people").text
    assert "guest@sample.example" in page
    done = client.send(f"/people/invitations/{invitation.id}/revoke", page="/people")
    assert done.location == "/people"
    assert "guest@sample.example" not in client.get("/people").text


def test_a_lead_chooses_among_the_schools_of_the_region(as_person, session):
    here = a_school(session, "Here")
    away = a_school(session, "Away", "highland", "northern-alliance")
    client = as_person(a_person(session, Role.REGIONAL_LEAD))
    form = {**GUEST, "role": "headteacher"}
    refused = client.send("/people/invite", {**form, "school": away.id})
    assert refused.status_code == 422
    missing = client.send("/people/invite", form)
    assert "Choose the school of this headteacher" in missing.text
    assert client.send("/people/invite", {**form, "school": here.id}).status_code == 302
    assert session.query(Invitation).one().school_id == here.id


def test_a_role_that_was_not_offered_is_refused(as_person, session):
    client = as_person(a_person(session, Role.HEADTEACHER))
    answer = client.send("/people/invite", {**GUEST, "role": "administrator"})
    assert answer.status_code == 422
    assert session.query(Invitation).count() == 0


def test_what_is_wrong_is_told_at_the_top_and_at_the_field(as_person, session):
    client = as_person(a_person(session, Role.HEADTEACHER))
    answer = client.send("/people/invite", {"name": "", "email": "", "role": ""})
    assert answer.status_code == 422
    for field in ("name", "email", "role"):
        assert f'href="#{field}"' in answer.text
    answer = client.send("/people/invite", {**GUEST, "email": "no address", "role": "teacher"})
    assert "Enter an e-mail address in the right form" in answer.text


def test_an_administrator_gives_and_ends_roles_and_shuts_accounts(as_person, session, keeper):
    person, client = a_person(session), as_person(keeper)
    path = f"/people/{person.id}"
    form = {"role": "regional_lead", "region": "tayside", "ends_on": "2099-12-31"}
    assert client.send(f"{path}/role", form).location == path
    session.expire_all()
    assert actor_for(person).role is Role.REGIONAL_LEAD
    page = client.get(path).text
    assert keeper.name in page
    assert "1 January 2100, 00:00" in page
    client.send(f"{path}/disable", page=path)
    assert "Shut since" in client.get(path).text
    client.send(f"{path}/enable", page=path)
    client.send(f"{path}/role/end", page=path)
    session.expire_all()
    assert [g.ended_at is None for g in person.grants] == [False, False]


def test_a_role_without_its_place_is_asked_for_again(as_person, session, keeper):
    client = as_person(keeper)
    path = f"/people/{a_person(session).id}/role"
    assert "Choose the region" in client.send(path, {"role": "regional_lead"}).text
    answer = client.send(path, {"role": "national_reader", "ends_on": "2020-01-01"})
    assert (answer.status_code, "still to come" in answer.text) == (422, True)


def test_the_last_administrator_is_told_why_they_stay(as_person, keeper):
    client = as_person(keeper)
    path = f"/people/{keeper.id}"
    answer = client.send(f"{path}/disable", page=path)
    assert answer.status_code == 409
    assert "only administrator" in answer.text


@pytest.mark.parametrize("deed", ["role", "role/end", "disable", "enable"])
def test_who_may_only_invite_keeps_no_accounts(as_person, session, deed):
    lead, person = a_person(session, Role.REGIONAL_LEAD), a_person(session)
    client = as_person(lead)
    path = f"/people/{person.id}"
    shown = client.get(path)
    assert shown.status_code == 200
    assert "Shut the account" not in shown.text
    answer = client.send(f"{path}/{deed}", {"role": "administrator"}, page="/people/invite")
    assert answer.status_code == 403
    assert person.disabled_at is None


def test_somebody_out_of_reach_is_not_there(as_person, session):
    away = a_person(session, authority="highland", region="northern-alliance")
    client = as_person(a_person(session, Role.REGIONAL_LEAD))
    assert client.get(f"/people/{away.id}").status_code == 404
    assert client.get("/people/999999999999").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999", "role=x", "q=%00", "q=%25"])
def test_odd_addresses_of_the_list_never_fail(as_person, keeper, query):
    assert as_person(keeper).get(f"/people?{query}").status_code == 200


def test_a_shut_account_and_a_lapsed_role_are_told(as_person, session, keeper):
    person = a_person(session, name="Invented Leaver")
    person.disabled_at = utc_now()
    person.grants[0].ended_at = utc_now()
    session.flush()
    page = as_person(keeper).get("/people?q=leaver").text
    assert "No role" in page
    assert "account shut" in page


def test_schools_are_listed_with_what_is_known(as_person, session, keeper):
    a_school(session, "Sample Primary", sector="primary", context="island rural", roll=86)
    page = as_person(keeper).get("/schools?q=sample").text
    assert "Sample Primary" in page
    assert "island, rural · 86 pupils" in page


def test_a_name_is_shown_as_it_is_never_run(as_person, session, keeper):
    a_person(session, name="<script>alert(1)</script>")
    page = as_person(keeper).get("/people").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
