"""Sending something to people: told are those who may read it, and nobody else."""

import pytest
from sqlalchemy import select

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.collections import CollectionState
from app.domain.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from app.domain.people import VISITOR, Role
from app.domain.sharing import MOST_SENT_AN_HOUR, MOST_WIDE_A_DAY, SharedWith
from app.models.audit import AuditEntry
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.models.shares import Share
from app.services.shares import groups, reading, sending
from app.services.shares.recipients import Recipient, find_by_words, find_recipient
from app.services.shares.things import ThingKind, read_thing
from tests.builders import a_collection, a_person, a_resource, a_school, actor_for


@pytest.fixture
def sender(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def colleague(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def stranger(session):
    far = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=far)


def thing_of(session, person, resource):
    return read_thing(session, actor_for(person), ThingKind.RESOURCE, resource.id)


def send(session, taxonomy, sender, resource, words, message=""):
    actor = actor_for(sender)
    whom = find_by_words(session, actor, taxonomy, words)
    return sending.send(session, actor, thing_of(session, sender, resource), whom, message)


def told(session):
    return [n.person_id for n in session.scalars(select(Notification).order_by(Notification.id))]


def test_a_colleague_is_told_and_finds_it(session, taxonomy, sender, colleague):
    share, count = send(session, taxonomy, sender, a_resource(session), colleague.email, "Read!")

    assert (count, told(session)) == (1, [colleague.id])
    found = reading.find_with_me(session, actor_for(colleague))
    assert [(line.share, line.thing.title) for line in found.lines] == [(share, "Outdoor numeracy")]
    assert found.lines[0].who == f"{sender.name}, headteacher"
    assert found.lines[0].share.message == "Read!"


def test_each_of_a_place_is_told_once_with_a_letter_each(session, taxonomy, sender, colleague):
    other = a_person(session, Role.REGIONAL_LEAD)
    elsewhere = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    gone = a_person(session, Role.TEACHER, disabled_at=sender.created_at)
    label = taxonomy.label("regions", "tayside")

    share, count = send(session, taxonomy, sender, a_resource(session), label)

    assert share.shared_with is SharedWith.REGION
    assert count == 2
    assert set(told(session)) == {colleague.id, other.id}
    assert not {elsewhere.id, gone.id, sender.id} & set(told(session))
    subjects = {row.subject_id for row in session.scalars(select(OutboxEvent))}
    assert subjects == {str(n.id) for n in session.scalars(select(Notification))}


def test_schools_are_known_by_name_and_by_name_and_authority(session, taxonomy, sender, colleague):
    resource = a_resource(session)
    for words in ("Balquhinnie Primary School", "balquhinnie primary school, angus council"):
        label = taxonomy.label("authorities", "angus")
        share, _ = send(session, taxonomy, sender, resource, words.replace("angus council", label))
        assert share.school_id == colleague.grants[0].school_id


def test_two_schools_of_one_name_must_be_told_apart(session, taxonomy, sender):
    a_school(session, "Balquhinnie Primary School", "fife", "south-east")
    with pytest.raises(InvalidInput, match="Several schools"):
        find_by_words(session, actor_for(sender), taxonomy, "Balquhinnie Primary School")


@pytest.mark.parametrize("words", ["nobody@sample.example", "No such place", " ", "a\0@b.example"])
def test_whom_nobody_knows_is_told(session, taxonomy, sender, words):
    with pytest.raises(InvalidInput):
        find_by_words(session, actor_for(sender), taxonomy, words)


def test_nobody_is_told_of_what_they_may_not_read(session, taxonomy, sender, stranger, colleague):
    kept = a_resource(session, audience=Audience.REGION)
    with pytest.raises(InvalidInput, match="may not read this resource"):
        send(session, taxonomy, sender, kept, stranger.email)
    # To a place that holds both sorts, only those are told who may.
    national = a_person(session, Role.NATIONAL_READER)
    group = groups.make_group(session, actor_for(sender), "Numeracy")
    for one in (stranger, colleague, national):
        groups.add_member(session, actor_for(sender), taxonomy, group.id, one.email)
    _, count = send(session, taxonomy, sender, kept, "Numeracy")
    assert (count, told(session)) == (1, [colleague.id])


def test_what_is_no_longer_readable_shows_no_title(session, taxonomy, sender, colleague):
    resource = a_resource(session)
    send(session, taxonomy, sender, resource, colleague.email)
    resource.revisions[0].audience = Audience.REGION
    resource.revisions[0].region = "south-east"
    session.flush()
    assert reading.find_with_me(session, actor_for(colleague)).lines[0].thing is None


def test_a_private_collection_cannot_be_sent(session, taxonomy, colleague):
    lead = a_person(session, Role.REGIONAL_LEAD)
    private = a_collection(session, lead, state=CollectionState.PRIVATE)
    actor = actor_for(lead)
    thing = read_thing(session, actor, ThingKind.COLLECTION, private.slug)
    whom = find_by_words(session, actor, taxonomy, colleague.email)
    with pytest.raises(InvalidInput, match="private"):
        sending.send(session, actor, thing, whom)


def test_a_share_can_be_taken_back_by_who_sent_it_only(session, taxonomy, sender, colleague):
    share, _ = send(session, taxonomy, sender, a_resource(session), colleague.email)
    with pytest.raises(NotFound):
        sending.take_back(session, actor_for(colleague), share.id)

    sending.take_back(session, actor_for(sender), share.id)

    assert reading.find_with_me(session, actor_for(colleague)).total == 0
    with pytest.raises(NotFound):
        reading.read_share(session, actor_for(colleague), taxonomy, share.id)
    assert reading.find_by_me(session, actor_for(sender), taxonomy).total == 1


def test_a_share_is_nothing_to_others(session, taxonomy, sender, colleague, stranger):
    share, _ = send(session, taxonomy, sender, a_resource(session), colleague.email)
    with pytest.raises(NotFound):
        reading.read_share(session, actor_for(stranger), taxonomy, share.id)


def test_a_visitor_sends_nothing(session, taxonomy, colleague):
    resource = a_resource(session)
    whom = Recipient(SharedWith.PERSON, "person_id", colleague.id, "a colleague")
    with pytest.raises(NotAllowed):
        sending.send(session, VISITOR, thing_of(session, colleague, resource), whom)


def test_there_is_a_limit_to_an_hour(session, taxonomy, sender, colleague):
    resource = a_resource(session)
    sent = {"resource_id": resource.id, "from_id": sender.id, "person_id": colleague.id}
    session.add_all(Share(shared_with=SharedWith.PERSON, **sent) for _ in range(MOST_SENT_AN_HOUR))
    session.flush()
    with pytest.raises(TooManyTries, match="within an hour"):
        send(session, taxonomy, sender, resource, colleague.email)


def test_there_is_a_lower_limit_to_whole_regions(session, taxonomy, sender, colleague):
    resource, label = a_resource(session), taxonomy.label("regions", "tayside")
    for _ in range(MOST_WIDE_A_DAY):
        send(session, taxonomy, sender, resource, label)
    with pytest.raises(TooManyTries, match="within a day"):
        send(session, taxonomy, sender, resource, label)
    assert send(session, taxonomy, sender, resource, colleague.email)


def test_a_long_message_is_not_sent(session, taxonomy, sender, colleague):
    with pytest.raises(InvalidInput, match="Shorten the message"):
        send(session, taxonomy, sender, a_resource(session), colleague.email, "a" * 1001)


def test_it_is_on_record_without_the_message(session, taxonomy, sender, colleague):
    send(session, taxonomy, sender, a_resource(session), colleague.email, "Between us")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == AuditAction.SHARED)).one()
    assert "to person, 1 told" in entry.detail
    assert "Between us" not in entry.detail


def test_a_group_is_its_owners_alone(session, taxonomy, sender, colleague):
    group = groups.make_group(session, actor_for(sender), "  Numeracy   leads ")
    assert group.name == "Numeracy leads"
    with pytest.raises(NotFound):
        groups.read_group(session, actor_for(colleague), group.id)
    with pytest.raises(InvalidInput):
        find_recipient(session, actor_for(colleague), taxonomy, SharedWith.GROUP, str(group.id))


def test_a_deleted_group_leaves_no_share_on_its_members_lists(session, taxonomy, sender, colleague):
    actor = actor_for(sender)
    group = groups.make_group(session, actor, "Numeracy")
    groups.add_member(session, actor, taxonomy, group.id, colleague.email)
    groups.add_member(session, actor, taxonomy, group.id, colleague.email)
    assert len(group.members) == 1
    send(session, taxonomy, sender, a_resource(session), "numeracy")
    assert reading.find_with_me(session, actor_for(colleague)).total == 1

    groups.delete_group(session, actor, group.id)

    assert groups.find_groups(session, actor) == ()
    assert reading.find_with_me(session, actor_for(colleague)).total == 0
    sent = reading.find_by_me(session, actor, taxonomy).lines
    assert sent[0].who == "a group that you deleted"
