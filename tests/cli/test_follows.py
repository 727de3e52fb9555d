"""flask follows digest: makes what is due, and twice is harmless."""

from datetime import timedelta

from sqlalchemy import func, select

from app.db import reading, unit_of_work
from app.domain.follows import FollowKind, Rhythm
from app.domain.moments import utc_now
from app.domain.people import Role
from app.followers.due import is_any_digest_due
from app.models.follows import Digest, Follow, Reading
from tests.builders import a_person, a_resource

LONG_AGO = utc_now() - timedelta(days=20)


def a_follower():
    with unit_of_work() as session:
        teacher = a_person(session, Role.TEACHER)
        read = a_resource(session, published_at=utc_now() - timedelta(hours=1))
        session.add(
            Follow(
                person_id=teacher.id,
                kind=FollowKind.REGION,
                key="tayside",
                label="Tayside",
                followed_at=LONG_AGO,
            )
        )
        session.add(
            Reading(
                person_id=teacher.id,
                resource_id=read.id,
                read_at=LONG_AGO - timedelta(days=90),
            )
        )


def count(table):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_digests_are_made_once_and_old_readings_forgotten(library):
    assert library.run("follows", "digest").output == "due: 0, with news: 0\n"
    a_follower()
    assert is_any_digest_due(7, Rhythm.WEEKLY)
    assert library.run("follows", "digest").output == "due: 1, with news: 1\n"
    assert not is_any_digest_due(7, Rhythm.WEEKLY)
    assert library.run("follows", "digest").output == "due: 0, with news: 0\n"
    assert (count(Digest), count(Reading)) == (1, 0)


def test_where_most_wish_none_nothing_is_due(library):
    library.run("follows", "digest")
    a_follower()
    assert not is_any_digest_due(7, Rhythm.NEVER)
