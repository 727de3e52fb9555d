"""Tags put on, met, taken off, limited, and kept from who may not know of them."""

from datetime import timedelta

import pytest

from app.domain.audience import Audience
from app.domain.errors import InvalidInput, NotAllowed, NotFound, TooManyTries, WrongState
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.domain.workflow import State
from app.models.audit import AuditEntry
from app.models.outbox import OutboxEvent
from app.models.resource_tags import content_with_tags, standing_tags
from app.models.tags import ResourceTag, Tag
from app.services.tags.counting import find_held, find_related, find_tags, read_tag
from app.services.tags.hiding import hide_everywhere, hide_on
from app.services.tags.tagging import put_on, take_off
from tests.builders import a_person, a_resource, a_school, actor_for

FAR = {"audience": Audience.REGION, "region": "south-east"}


@pytest.fixture
def teacher(session):
    return actor_for(a_person(session, Role.TEACHER))


def labels(session, resource):
    session.flush()
    return [tag.label for tag in standing_tags(session, resource.revisions[0])]


def lines(session, actor, words=""):
    return [(one.label, one.total) for one in find_tags(session, actor, words)]


def test_a_teacher_puts_several_on(session, teacher):
    resource = a_resource(session, tags=("Outdoors",))
    told = put_on(session, teacher, resource.slug, ["number talks", "Rain", "outdoors"])
    assert told.put == ("number talks", "Rain")
    assert told.were_there == ("Outdoors",)
    assert labels(session, resource) == ["Outdoors", "number talks", "Rain"]


def test_who_did_is_in_the_audit_log_and_the_followers_hear(session, teacher):
    resource = a_resource(session)
    put_on(session, teacher, resource.id, ["rain"])
    entry = session.query(AuditEntry).order_by(AuditEntry.number.desc()).first()
    assert (entry.action, entry.actor_id, entry.detail) == ("resource.tagged", teacher.id, "rain")
    heard = session.query(OutboxEvent).filter_by(subject_id=resource.id, kind="resource.tagged")
    assert sorted(event.follower for event in heard) == ["content", "index"]


def test_a_spelling_of_others_is_taken_for_theirs(session, teacher):
    a_resource(session, title="One", tags=("Number talks",))
    resource = a_resource(session, title="Two")
    told = put_on(session, teacher, resource.slug, ["NUMBER-TALK", "numbertalks"])
    assert told.put == ("Number talks",)
    assert lines(session, teacher) == [("Number talks", 2)]


def test_a_near_spelling_that_only_a_hidden_resource_has_is_not_told(session, teacher):
    a_resource(session, title="One", tags=("Secret plans",), **FAR)
    resource = a_resource(session, title="Two")
    assert put_on(session, teacher, resource.slug, ["secret plan"]).put == ("secret plan",)


def test_twice_does_no_harm(session, teacher):
    resource = a_resource(session)
    put_on(session, teacher, resource.slug, ["rain"])
    assert put_on(session, teacher, resource.slug, ["Rain"]).were_there == ("rain",)
    assert session.query(ResourceTag).count() == 1


def test_what_one_may_not_read_one_cannot_tag(session, teacher):
    for more in ({"audience": Audience.REGION, "region": "south-east"}, {"state": State.DRAFT}):
        resource = a_resource(session, title=f"No {len(more)}", **more)
        with pytest.raises(NotFound):
            put_on(session, teacher, resource.slug, ["rain"])


def test_who_only_reads_puts_none_on(session):
    resource, reader = a_resource(session), a_person(session, Role.NATIONAL_READER)
    with pytest.raises(NotAllowed):
        put_on(session, actor_for(reader), resource.slug, ["rain"])


def test_sixty_an_hour_are_enough(session, teacher):
    for number in range(6):
        resource = a_resource(session, title=f"Number {number}")
        put_on(
            session,
            teacher,
            resource.slug,
            [f"tag {chr(97 + number)}{chr(97 + n)}" for n in range(10)],
        )
    last = a_resource(session, title="The last")
    with pytest.raises(TooManyTries, match="60 tags within the hour"):
        put_on(session, teacher, last.slug, ["rain"])
    session.query(ResourceTag).update({"tagged_at": utc_now() - timedelta(minutes=61)})
    assert put_on(session, teacher, last.slug, ["rain"]).put == ("rain",)


def test_a_resource_has_thirty_at_most(session, teacher):
    resource = a_resource(session, tags=tuple(f"word {chr(97 + n)}" for n in range(26)))
    with pytest.raises(InvalidInput, match="30 tags at most"):
        put_on(session, teacher, resource.slug, ["rain", "mud", "snow", "hail", "wind"])


def test_who_put_it_on_takes_it_off(session, teacher):
    resource = a_resource(session)
    put_on(session, teacher, resource.slug, ["rain"])
    assert take_off(session, teacher, resource.slug, "rain") == "rain"
    assert labels(session, resource) == []
    assert lines(session, teacher) == []
    put_on(session, teacher, resource.slug, ["Rain"])
    assert labels(session, resource) == ["rain"]


def test_those_who_keep_a_resource_take_off_what_others_put_on(session, teacher):
    school = a_school(session)
    resource = a_resource(session, school_id=school.id, authority="angus")
    for role in (Role.HEADTEACHER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR):
        put_on(session, teacher, resource.slug, ["rain"])
        take_off(session, actor_for(a_person(session, role, school=school)), resource.slug, "rain")
    put_on(session, teacher, resource.slug, ["rain"])
    elsewhere = a_school(session, "Invented Links Primary School", "fife", "south-east")
    for other in (
        a_person(session, Role.TEACHER, school=school),
        a_person(session, Role.HEADTEACHER, school=elsewhere),
        a_person(session, Role.REGIONAL_LEAD, region="south-east"),
    ):
        with pytest.raises(NotAllowed):
            take_off(session, actor_for(other), resource.slug, "rain")


def test_a_writers_own_tag_goes_with_a_new_version_only(session, teacher):
    resource = a_resource(session, tags=("rain",))
    with pytest.raises(WrongState, match="new version"):
        take_off(session, teacher, resource.slug, "rain")
    with pytest.raises(NotFound):
        take_off(session, teacher, resource.slug, "mud")


def test_tags_are_counted_over_what_the_reader_may_see(session, teacher):
    a_resource(session, title="One", tags=("rain", "mud"))
    a_resource(session, title="Two", tags=("Rain",), audience=Audience.STAFF)
    a_resource(session, title="Three", tags=("rain", "hush"), audience=Audience.REGION)
    a_resource(session, title="Four", tags=("rain", "far"), **FAR)
    a_resource(session, title="Five", tags=("rain", "draft"), state=State.DRAFT)
    assert lines(session, VISITOR) == [("mud", 1), ("rain", 1)]
    assert lines(session, teacher) == [("hush", 1), ("mud", 1), ("Rain", 3)]
    assert lines(session, teacher, "ra") == [("Rain", 3)]
    with pytest.raises(NotFound):
        read_tag(session, VISITOR, "hush")
    assert [hit.title for hit in find_held(session, VISITOR, "rain").hits] == ["One"]
    assert find_held(session, teacher, "rain").total == 3
    assert [one.slug for one in find_related(session, VISITOR, "rain")] == ["mud"]


def test_files_hold_the_writers_tags_first(session, teacher):
    resource = a_resource(session, tags=("rain",))
    put_on(session, teacher, resource.slug, ["a first", "mud"])
    assert content_with_tags(session, resource.revisions[0]).tags == ("rain", "a first", "mud")


def test_a_tag_is_hidden_on_one_resource_and_shown_again(session, teacher):
    lead = actor_for(a_person(session, Role.REGIONAL_LEAD))
    one = a_resource(session, title="One", tags=("rain",))
    two = a_resource(session, title="Two")
    put_on(session, teacher, two.slug, ["rain"])
    tag = session.query(Tag).one()
    for resource in (one, two):
        hide_on(session, lead, resource.id, tag.id, reason="It names a pupil.")
        assert labels(session, resource) == []
        assert content_with_tags(session, resource.revisions[0]).tags == ()
    assert lines(session, teacher) == []
    with pytest.raises(InvalidInput, match="taken off here"):
        put_on(session, teacher, two.slug, ["rain"])
    hide_on(session, lead, one.id, tag.id, is_hidden=False)
    assert labels(session, one) == ["rain"]


def test_a_tag_is_hidden_everywhere(session, teacher):
    lead = actor_for(a_person(session, Role.REGIONAL_LEAD))
    resource = a_resource(session, tags=("rain", "mud"))
    hide_everywhere(session, lead, "rain", reason="Not a kind word.")
    assert labels(session, resource) == ["mud"]
    assert lines(session, lead) == [("mud", 1)]
    with pytest.raises(InvalidInput, match="those who moderate"):
        put_on(session, teacher, a_resource(session, title="Two").slug, ["rain"])
    hide_everywhere(session, lead, "rain", is_hidden=False)
    assert labels(session, resource) == ["rain", "mud"]


def test_only_those_who_moderate_there_hide(session, teacher):
    resource = a_resource(session, tags=("rain",))
    for actor in (teacher, actor_for(a_person(session, Role.REGIONAL_LEAD, region="south-east"))):
        with pytest.raises(NotAllowed):
            hide_everywhere(session, actor, "rain")
    assert labels(session, resource) == ["rain"]
