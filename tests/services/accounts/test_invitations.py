"""Invitations: within reach, once, for seven days, and silent about who is here already."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.events import EventKind
from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, MAY_INVITE, Belonging, Role
from app.domain.permissions import Action, Place, allows
from app.models.audit import AuditEntry
from app.models.outbox import OutboxEvent
from app.models.people import Person
from app.services.accounts import invitations, people
from app.services.accounts.invitations import Guest
from app.services.accounts.places import Wanted, place_role
from tests.builders import a_person, a_school, actor_for

WORDS = "three random words"
HERE = {"authority": "angus", "region": "tayside"}
ELSEWHERE = {"authority": "highland", "region": "northern-alliance"}


def a_guest(session, taxonomy, *, role=Role.TEACHER, school="", email="new@sample.example"):
    row = a_school(session, school or "Invented School", **HERE)
    placed = place_role(session, taxonomy, Wanted(role, row.id, **HERE))
    return Guest("Invented Guest", email, placed)


def invite(session, taxonomy, inviter, **more):
    guest = a_guest(session, taxonomy, **more)
    return invitations.invite(session, actor_for(inviter), guest, utc_now())


def accept(session, invitation, now=None, name="Invented Guest"):
    now = now or utc_now()
    held = invitations.read_usable(session, invitation.id, now)
    return invitations.accept(session, held, name=name, password=WORDS, device="A test", now=now)


@pytest.mark.parametrize("invited", BELONGS_TO)
@pytest.mark.parametrize("role", BELONGS_TO)
@pytest.mark.parametrize("place", [HERE, ELSEWHERE], ids=["here", "elsewhere"])
def test_each_role_invites_exactly_whom_the_tables_say(session, taxonomy, role, invited, place):
    inviter = a_person(session, role, school=a_school(session, **HERE), **HERE)
    actor = actor_for(inviter)
    school = a_school(session, **HERE) if place is HERE else a_school(session, "Elsewhere", **place)
    wanted = place_role(session, taxonomy, Wanted(invited, school.id, **place))
    expected = invited in MAY_INVITE.get(role, ()) and allows(actor, Action.INVITE, wanted.place)
    # The rule in words, beside the tables.
    narrow = {
        Role.HEADTEACHER: place is HERE and invited is Role.TEACHER,
        Role.REGIONAL_LEAD: place is HERE and BELONGS_TO[invited] is Belonging.SCHOOL,
        Role.AUTHORITY_OFFICER: place is HERE and BELONGS_TO[invited] is Belonging.SCHOOL,
        Role.ADMINISTRATOR: True,
    }
    assert expected is narrow.get(role, False)
    guest = Guest("Invented Guest", "new@sample.example", wanted)
    if expected:
        assert invitations.invite(session, actor, guest, utc_now()).role is invited
    else:
        with pytest.raises(NotAllowed):
            invitations.invite(session, actor, guest, utc_now())


def test_a_headteacher_does_not_invite_to_another_school_of_the_authority(session, taxonomy):
    head = a_person(session, Role.HEADTEACHER, school=a_school(session, "Mine", **HERE))
    with pytest.raises(NotAllowed, match="only with what belongs to their school"):
        invite(session, taxonomy, head, school="Another")


def test_an_invitation_is_mailed_and_on_record(session, taxonomy):
    lead = a_person(session, Role.REGIONAL_LEAD)
    invitation = invite(session, taxonomy, lead)
    event = session.query(OutboxEvent).one()
    assert (event.kind, event.subject_id) == (EventKind.PERSON_INVITED, str(invitation.id))
    entry = session.query(AuditEntry).one()
    assert (entry.action, entry.actor_id, entry.region) == (AuditAction.INVITED, lead.id, "tayside")
    assert invitation.expires_at - invitation.invited_at == timedelta(days=7)


def test_an_account_comes_of_it_once(session, taxonomy):
    lead = a_person(session, Role.REGIONAL_LEAD)
    invitation = invite(session, taxonomy, lead, role=Role.HEADTEACHER)
    admitted = accept(session, invitation)
    assert (admitted.actor.role, admitted.actor.region) == (Role.HEADTEACHER, "tayside")
    person = session.get(Person, admitted.actor.id)
    assert person.grants[0].granted_by_id == lead.id
    with pytest.raises(NotFound, match="Ask the person who invited you"):
        accept(session, invitation)


def test_after_seven_days_it_is_over(session, taxonomy):
    invitation = invite(session, taxonomy, a_person(session, Role.REGIONAL_LEAD))
    with pytest.raises(NotFound):
        accept(session, invitation, utc_now() + timedelta(days=7))


def test_taken_back_it_is_worth_nothing_and_strangers_cannot_take_it_back(session, taxonomy):
    lead = a_person(session, Role.REGIONAL_LEAD)
    other = a_person(session, Role.REGIONAL_LEAD, region="northern-alliance")
    invitation = invite(session, taxonomy, lead)
    with pytest.raises(NotFound):
        invitations.revoke(session, actor_for(other), invitation.id, utc_now())
    invitations.revoke(session, actor_for(lead), invitation.id, utc_now())
    with pytest.raises(NotFound):
        accept(session, invitation)
    assert invitations.find_open(session, actor_for(lead), utc_now()) == []


def test_a_second_invitation_takes_the_first_back(session, taxonomy):
    lead = a_person(session, Role.REGIONAL_LEAD)
    first, second = invite(session, taxonomy, lead), invite(session, taxonomy, lead)
    assert invitations.find_open(session, actor_for(lead), utc_now()) == [second]
    with pytest.raises(NotFound):
        accept(session, first)


def test_whoever_is_shut_out_leaves_no_invitations_behind(session, taxonomy):
    lead, keeper = a_person(session, Role.REGIONAL_LEAD), a_person(session, Role.ADMINISTRATOR)
    invitation = invite(session, taxonomy, lead)
    people.disable(session, actor_for(keeper), lead.id, utc_now())
    with pytest.raises(NotFound):
        accept(session, invitation)


def test_inviting_somebody_who_is_here_looks_the_same_and_only_they_are_told(session, taxonomy):
    lead = a_person(session, Role.REGIONAL_LEAD)
    here = a_person(session, Role.TEACHER)
    invitation = invite(session, taxonomy, lead, email=here.email.upper())
    assert invitations.find_open(session, actor_for(lead), utc_now()) == [invitation]
    with pytest.raises(InvalidInput, match="There is an account"):
        accept(session, invitation)
    assert here.grants[0].role is Role.TEACHER


@pytest.mark.parametrize(
    "email", ["", "head", "a b@c.example", "a@b", "a@b.example\nBcc: c@d.example"]
)
def test_what_is_no_address_is_refused(session, taxonomy, email):
    with pytest.raises(InvalidInput, match="Enter an e-mail address"):
        invite(session, taxonomy, a_person(session, Role.REGIONAL_LEAD), email=email)


def test_a_role_needs_its_place(session, taxonomy):
    needed = {
        Role.TEACHER: "school",
        Role.AUTHORITY_OFFICER: "authority",
        Role.REGIONAL_LEAD: "region",
    }
    for role, what in needed.items():
        with pytest.raises(InvalidInput, match=f"Choose the {what}"):
            place_role(session, taxonomy, Wanted(role))
    with pytest.raises(InvalidInput, match="Choose a role"):
        place_role(session, taxonomy, Wanted(Role.VISITOR))


def test_wider_places_follow_from_the_narrow_one(session, taxonomy):
    school = a_school(session)
    placed = place_role(
        session, taxonomy, Wanted(Role.TEACHER, school.id, "highland", "south-east")
    )
    assert placed.place == Place("tayside", "angus", school.id)
    placed = place_role(session, taxonomy, Wanted(Role.AUTHORITY_OFFICER, None, "angus"))
    assert placed.place == Place("tayside", "angus")
