"""A digest tells what is new of what somebody follows and may read, each thing once."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.errors import NotAllowed
from app.domain.events import EventKind
from app.domain.follows import FollowKind, Rhythm
from app.domain.people import OPERATOR, Role
from app.models.collections import CollectionItem
from app.models.follows import Digest, DigestChoice, DigestedThing, Follow
from app.models.outbox import OutboxEvent
from app.models.tags import ResourceTag, Tag
from app.services.follows import digests, following
from app.services.follows.digests import Timetable
from tests.builders import a_collection, a_person, a_resource, a_school, actor_for

MONDAY = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
FRIDAY = MONDAY - timedelta(days=3)
LONG_AGO = MONDAY - timedelta(days=40)
WEEK = timedelta(days=7)
NUMERACY, TAYSIDE = "Numeracy and mathematics", "Tayside Regional Improvement Collaborative"


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def follows(session, taxonomy):
    """Let somebody follow something since long ago: follows(teacher, "region", "tayside")."""

    def begin(person, kind, key, since=LONG_AGO):
        made = following.follow(session, actor_for(person), taxonomy, FollowKind(kind), str(key))
        made.followed_at = since
        session.flush()
        return made

    return begin


@pytest.fixture
def publish(session):
    def one(title="Number talks", at=FRIDAY, **more):
        return a_resource(session, title=title, published_at=at, **more)

    return one


@pytest.fixture
def make(app, session, taxonomy, index_now):
    """Make all digests that are due; return those of this time, by person's id."""

    def run(now=MONDAY, usual=Rhythm.WEEKLY):
        index_now()
        table = Timetable(now, 7, usual)
        before = set(session.scalars(select(Digest.id)))
        due = digests.find_due(session, OPERATOR, table)
        engine = app.extensions["parts"].search
        news = digests.gather_news(session, OPERATOR, engine, taxonomy, table)
        digests.make(session, OPERATOR, news, due, table)
        made = session.scalars(select(Digest).where(Digest.id.not_in(before)))
        return {d.person_id: json.loads(d.items_json)["items"] for d in made}

    return run


def test_it_tells_what_became_published_and_why(session, teacher, follows, publish, make):
    theirs = publish(terms={"theme": ("numeracy",)})
    publish("Elsewhere", region="south-east")
    publish("Old", at=LONG_AGO - WEEK)
    follows(teacher, "theme", "numeracy")
    follows(teacher, "region", "tayside")
    assert make() == {teacher.id: [{"id": theirs.id, "why": [NUMERACY, TAYSIDE]}]}
    events = session.scalars(select(OutboxEvent.kind)).all()
    assert events.count(EventKind.DIGEST_MADE) == 1


@pytest.mark.parametrize("kind", ["theme", "tag", "region", "authority", "school", "search"])
def test_everything_that_can_be_followed_brings_its_news(
    session, teacher, follows, publish, make, kind
):
    school = a_school(session)
    follows_of = {
        "theme": "numeracy",
        "tag": "number-talks",
        "region": "tayside",
        "authority": "angus",
        "school": school.id,
        "search": "q=playground&region=tayside",
    }
    theirs = publish(
        terms={"theme": ("numeracy",)},
        tags=("Number Talks",),
        authority="angus",
        school_id=school.id,
    )
    follows(teacher, kind, follows_of[kind])
    assert [item["id"] for item in make()[teacher.id]] == [theirs.id]


def test_what_is_put_into_a_followed_collection_is_new_however_old_it_is(
    session, teacher, follows, publish, make
):
    old, newer = publish("Old", at=LONG_AGO - WEEK), publish("Newer", at=LONG_AGO - WEEK)
    collection = a_collection(session, resources=(old, newer))
    first, second = session.scalars(select(CollectionItem).order_by(CollectionItem.position))
    first.added_at, second.added_at = LONG_AGO - WEEK, FRIDAY
    follows(teacher, "collection", collection.slug)
    assert make() == {teacher.id: [{"id": newer.id, "why": [collection.title]}]}


def test_a_collection_taken_back_tells_nothing(session, teacher, follows, publish, make):
    collection = a_collection(session, resources=(publish(),))
    session.scalars(select(CollectionItem)).one().added_at = FRIDAY
    follows(teacher, "collection", collection.slug)
    collection.state = CollectionState.PRIVATE
    assert make() == {}


def test_what_somebody_tags_comes_to_those_who_follow_the_tag_it_was_merged_into(
    session, teacher, follows, publish, make
):
    resource = publish(at=LONG_AGO - WEEK)
    kept, merged = Tag(slug="maths", label="Maths"), Tag(slug="math", label="Math")
    session.add_all((kept, merged))
    session.flush()
    session.add(ResourceTag(resource_id=resource.id, tag_id=merged.id, tagged_at=FRIDAY))
    session.flush()
    follows(teacher, "tag", "math")
    merged.merged_into_id = kept.id
    session.flush()
    assert [item["id"] for item in make()[teacher.id]] == [resource.id]


def test_each_gets_only_what_they_may_read(session, follows, publish, make):
    here = a_person(session, Role.TEACHER)
    away = a_person(session, Role.TEACHER, school=a_school(session, "Away", "fife", "south-east"))
    reader = a_person(session, Role.NATIONAL_READER)
    for person in (here, away, reader):
        follows(person, "region", "tayside")
        follows(person, "search", "q=playground")
    kept = publish("For the region", audience=Audience.REGION)
    staff = publish("For staff", audience=Audience.STAFF)
    told = {person: {item["id"] for item in items} for person, items in make().items()}
    assert told == {here.id: {kept.id, staff.id}, away.id: {staff.id}, reader.id: {staff.id}}


def test_nothing_is_told_twice_whichever_way_it_comes_again(
    session, teacher, follows, publish, make
):
    resource = publish()
    collection = a_collection(session, resources=(resource,))
    session.scalars(select(CollectionItem)).one().added_at = FRIDAY + WEEK
    follows(teacher, "region", "tayside")
    follows(teacher, "collection", collection.slug)
    assert len(make()) == 1
    assert make() == {}
    assert make(MONDAY + WEEK) == {}
    assert len(session.scalars(select(DigestedThing)).all()) == 1


def test_a_new_version_of_something_old_is_not_new(session, teacher, follows, publish, make):
    from app.domain.workflow import State
    from app.models.resources import Revision

    resource = publish(at=LONG_AGO - WEEK, state=State.SUPERSEDED)
    session.add(
        Revision(
            resource_id=resource.id, number=2, state=State.PUBLISHED, title="Again",
            body_markdown="Words.\n", region="tayside", published_at=FRIDAY,
        )
    )  # fmt: skip
    follows(teacher, "region", "tayside")
    assert make() == {}


def test_nothing_new_makes_no_digest_and_is_not_asked_again(session, teacher, follows, make):
    follows(teacher, "region", "tayside")
    assert make() == {}
    table = Timetable(MONDAY, 7, Rhythm.WEEKLY)
    assert digests.find_due(session, OPERATOR, table) == ()


def test_who_began_to_follow_since_hears_of_nothing_older(teacher, follows, publish, make):
    publish()
    follows(teacher, "region", "tayside", since=FRIDAY + timedelta(hours=1))
    assert make() == {}


def test_what_was_published_a_moment_ago_waits_for_the_next(teacher, follows, publish, make):
    resource = publish(at=MONDAY - timedelta(minutes=5))
    follows(teacher, "region", "tayside")
    assert make() == {}
    assert [item["id"] for item in make(MONDAY + WEEK)[teacher.id]] == [resource.id]


def test_who_wishes_none_gets_none_and_nothing_is_made_up_for_later(
    session, teacher, follows, publish, make
):
    publish()
    follows(teacher, "region", "tayside")
    following.stop_digests(session, teacher.id)
    assert make() == {}
    following.choose_rhythm(session, actor_for(teacher), Rhythm.WEEKLY)
    session.get_one(DigestChoice, teacher.id).looked_at = FRIDAY + timedelta(days=1)
    assert make() == {}


def test_who_chose_daily_gets_it_on_the_next_working_day(session, teacher, follows, publish, make):
    follows(teacher, "region", "tayside")
    following.choose_rhythm(session, actor_for(teacher), Rhythm.DAILY)
    make()
    resource = publish("Tuesday’s", at=MONDAY + timedelta(hours=3))
    tuesday = MONDAY + timedelta(days=1)
    assert [item["id"] for item in make(tuesday)[teacher.id]] == [resource.id]
    assert make(tuesday + timedelta(hours=5)) == {}


def test_who_has_no_account_any_more_gets_none(session, teacher, follows, publish, make):
    publish()
    follows(teacher, "region", "tayside")
    teacher.grants[0].ended_at = FRIDAY
    assert make() == {}
    teacher.disabled_at = FRIDAY
    assert digests.find_due(session, OPERATOR, Timetable(MONDAY, 7, Rhythm.WEEKLY)) == ()


def test_more_than_fits_is_counted(session, teacher, follows, publish, make):
    for number in range(digests.MOST_ITEMS + 3):
        publish(f"Talk {number}")
    follows(teacher, "region", "tayside")
    assert len(make()[teacher.id]) == digests.MOST_ITEMS
    assert json.loads(session.scalars(select(Digest)).one().items_json)["more"] == 3


def test_only_the_operator_makes_digests(session, teacher):
    table = Timetable(MONDAY, 7, Rhythm.WEEKLY)
    with pytest.raises(NotAllowed):
        digests.find_due(session, actor_for(teacher), table)


def test_follows_are_at_hand_by_what_is_followed(session, teacher, follows):
    follows(teacher, "region", "tayside")
    follows(teacher, "region", "tayside")
    assert len(session.scalars(select(Follow)).all()) == 1
