"""Secret links: made by those who keep a thing, used as often as was said, over when they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.errors import InvalidInput, LinkOver, NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.people import Role
from app.domain.workflow import State
from app.models.audit import AuditEntry
from app.models.shares import ShareLink
from app.services.shares import links, opened
from app.services.shares.things import ThingKind, read_thing
from tests.builders import a_collection, a_person, a_resource, a_school, actor_for


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def kept(session):
    return a_resource(session, audience=Audience.REGION, title="For Tayside")


def make(session, person, thing, kind=ThingKind.RESOURCE, days=7, most_uses=1, purpose=""):
    actor = actor_for(person)
    found = read_thing(session, actor, kind, thing.id)
    return links.make_link(session, actor, found, days=days, most_uses=most_uses, purpose=purpose)


def test_only_a_hash_of_the_secret_is_kept(session, lead, kept):
    secret = make(session, lead, kept, purpose="  the   nurse ")
    link = session.scalars(select(ShareLink)).one()
    assert len(secret) >= 40
    assert link.token_hash == links.hash_of(secret)
    assert link.purpose == "the nurse"
    said = [entry.subject + entry.detail for entry in session.scalars(select(AuditEntry))]
    assert not any(secret in words or "nurse" in words for words in said)


def test_looking_uses_nothing_and_a_single_use_is_over_after_one(session, lead, kept):
    secret = make(session, lead, kept)
    for _ in range(3):
        assert links.look_at_link(session, secret).uses == 0

    link = links.use_link(session, secret)

    assert link.uses == 1
    for again in (links.use_link, links.look_at_link):
        with pytest.raises(LinkOver, match="has been used"):
            again(session, secret)
    # Whoever opened it reads on.
    assert links.read_link(session, link.id).thing.title == "For Tayside"


def test_an_unlimited_link_counts_its_uses(session, lead, kept):
    secret = make(session, lead, kept, most_uses=None)
    assert [links.use_link(session, secret).uses for _ in range(3)] == [1, 2, 3]


def test_a_revoked_link_is_over_for_those_too_who_read_on(session, lead, kept):
    link = links.use_link(session, make(session, lead, kept, most_uses=None))
    links.revoke_link(session, actor_for(lead), link.id)
    links.revoke_link(session, actor_for(lead), link.id)
    with pytest.raises(LinkOver, match="revoked"):
        links.read_link(session, link.id)


def test_an_expired_link_is_over(session, lead, kept):
    secret = make(session, lead, kept)
    link = session.scalars(select(ShareLink)).one()
    link.expires_at = utc_now() - timedelta(seconds=1)
    session.flush()
    with pytest.raises(LinkOver, match="expired"):
        links.use_link(session, secret)
    with pytest.raises(LinkOver, match="expired"):
        links.read_link(session, link.id)


def test_a_link_that_was_never_made_is_not_found(session):
    for act in (links.use_link, links.look_at_link):
        with pytest.raises(NotFound):
            act(session, "a\0b")


def test_a_link_ends_with_what_it_led_to_and_with_its_makers_role(session, lead, kept):
    link = links.use_link(session, make(session, lead, kept, most_uses=None))
    kept.revisions[0].state = State.WITHDRAWN
    session.flush()
    session.expire_all()
    with pytest.raises(LinkOver):
        links.read_link(session, link.id)

    other = a_resource(session, audience=Audience.STAFF, title="For staff")
    second = links.use_link(session, make(session, lead, other, most_uses=None))
    lead.grants[0].ended_at = utc_now()
    session.flush()
    with pytest.raises(LinkOver):
        links.read_link(session, second.id)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.AUTHORITY_OFFICER])
def test_a_reader_who_does_not_keep_it_makes_no_link(session, kept, role):
    with pytest.raises(NotAllowed, match="Only those who keep"):
        make(session, a_person(session, role), kept)


def test_its_writer_and_its_headteacher_make_links(session):
    school = a_school(session)
    writer = a_person(session, Role.TEACHER, school=school)
    mine = a_resource(session, audience=Audience.STAFF, author_id=writer.id, school_id=school.id)
    assert make(session, writer, mine)
    assert make(session, a_person(session, Role.HEADTEACHER, school=school), mine)


def test_what_is_public_needs_no_link(session, lead):
    with pytest.raises(InvalidInput, match="Everybody may read this already"):
        make(session, lead, a_resource(session))


@pytest.mark.parametrize("wrong", [{"days": 91}, {"most_uses": 2}, {"purpose": "a" * 201}])
def test_a_link_without_an_end_is_not_made(session, lead, kept, wrong):
    with pytest.raises(InvalidInput):
        make(session, lead, kept, **wrong)


def test_a_link_is_revoked_by_its_maker_only(session, lead, kept):
    make(session, lead, kept)
    link = session.scalars(select(ShareLink)).one()
    with pytest.raises(NotFound):
        links.revoke_link(session, actor_for(a_person(session, Role.REGIONAL_LEAD)), link.id)


def test_a_collections_link_opens_no_more_than_its_maker_keeps(session, lead):
    """A co-curator must not open to outsiders what another region keeps to its staff."""
    others = a_resource(session, title="For staff", audience=Audience.STAFF, region="south-east")
    ours = a_resource(session, title="For Tayside", audience=Audience.REGION)
    free = a_resource(session, title="For all")
    private = a_collection(session, lead, (others, ours, free), state=CollectionState.PRIVATE)
    secret = make(session, lead, private, ThingKind.COLLECTION, most_uses=None)

    found = links.read_link(session, links.use_link(session, secret).id)
    held = opened.read_opened_collection(session, found)

    shown = [item.revision.title for _, items in held.sections for item in items]
    assert (shown, held.left_out) == (["For Tayside", "For all"], 1)
    assert opened.read_opened_resource(session, found, ours.id) is ours
    with pytest.raises(NotFound):
        opened.read_opened_resource(session, found, others.id)


def test_a_resources_link_opens_that_one_only(session, lead, kept):
    other = a_resource(session, title="Another", audience=Audience.REGION)
    found = links.read_link(session, links.use_link(session, make(session, lead, kept)).id)
    assert opened.read_opened_resource(session, found) is kept
    for wrong in (
        lambda: opened.read_opened_resource(session, found, other.id),
        lambda: opened.read_opened_collection(session, found),
        lambda: opened.read_opened_picture(session, found, "another.png"),
        lambda: opened.read_opened_attachment(session, found, kept.id, "no.pdf"),
    ):
        with pytest.raises(NotFound):
            wrong()
