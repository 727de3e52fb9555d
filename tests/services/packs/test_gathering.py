"""What a pack holds, and what it never does."""

import itertools
from dataclasses import replace

import pytest

from app.domain.audience import Audience, may_read
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.packs import Plan, Times
from app.domain.people import VISITOR, Actor, Role
from app.services.packs import gathering, taking
from tests.builders import a_collection, a_person, a_resource, actor_for

PUBLIC, STAFF, REGION = Audience


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD, region="tayside")


@pytest.fixture
def mixed(session, lead):
    """A public collection of items for everybody, staff, this region and another."""
    kinds = [
        ("Open", PUBLIC, "tayside"),
        ("For staff", STAFF, "northern"),
        ("Of Tayside", REGION, "tayside"),
        ("Of Northern", REGION, "northern"),
    ]
    held = [a_resource(session, title=t, audience=a, region=r) for t, a, r in kinds]
    return a_collection(session, lead, tuple(held))


@pytest.fixture
def make(session, taxonomy):
    def make(actor, collection, for_whom=PUBLIC, **plan):
        offer = gathering.read_offer(session, actor, collection.slug)
        wanted = Plan(for_whom, "A day", **plan)
        return gathering.gather(session, actor, offer, wanted, taxonomy)

    return make


def titles(pack):
    return [item.title for item in pack.items]


@pytest.mark.parametrize(
    ("for_whom", "held", "left_out"),
    [
        (PUBLIC, ["Open"], ("For staff", "Of Tayside")),
        (STAFF, ["Open", "For staff"], ("Of Tayside",)),
        (REGION, ["Open", "For staff", "Of Tayside"], ()),
    ],
)
def test_it_holds_only_what_all_its_readers_may_read(make, mixed, lead, for_whom, held, left_out):
    pack = make(actor_for(lead), mixed, for_whom)
    assert titles(pack) == held
    assert pack.left_out == left_out
    assert pack.hidden == 1
    assert "Of Northern" not in repr(pack)


def test_nothing_of_what_is_left_out_is_told_in_it(session, make, lead):
    secret = a_resource(session, title="Quiet room", audience=REGION, body="## Context\n\nHush.\n")
    collection = a_collection(session, lead, (secret, a_resource(session, title="Open")))
    collection.sections[0].items[0].note = "A secret note"
    pack = replace(make(actor_for(lead), collection), left_out=())
    assert not any(word in repr(pack) for word in ("Quiet", "Hush", "secret note"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("for_whom", Audience)
def test_a_region_only_item_is_in_no_pack_for_a_wider_audience(session, taxonomy, role, for_whom):
    regions = ("tayside", "northern")
    held = tuple(
        a_resource(session, title=f"{audience} {region}", audience=audience, region=region)
        for audience, region in itertools.product(Audience, regions)
    )
    collection = a_collection(session, a_person(session, Role.REGIONAL_LEAD), held)
    actor = VISITOR if role is Role.VISITOR else actor_for(a_person(session, role))
    offer = gathering.read_offer(session, actor, collection.slug)
    if for_whom not in offer.audiences:
        return
    pack = gathering.gather(session, actor, offer, Plan(for_whom, "A day"), taxonomy)
    colleague = Actor(Role.TEACHER, id=99, region="tayside")
    readers = {
        PUBLIC: [VISITOR],
        STAFF: [colleague, replace(colleague, region="northern")],
        REGION: [replace(colleague, region=pack.region)],
    }
    for item in pack.items:
        revision = next(r for r in held if r.id == item.id).published
        asked = (*readers[for_whom], actor)
        assert all(may_read(one, revision.audience, revision.region) for one in asked), item.title


def test_a_collection_of_a_region_makes_no_pack_for_others(session, make, lead):
    collection = a_collection(session, lead, (a_resource(session),), audience=REGION)
    actor = actor_for(lead)
    assert gathering.read_offer(session, actor, collection.slug).audiences == (REGION,)
    for wider in (PUBLIC, STAFF):
        with pytest.raises(InvalidInput):
            make(actor, collection, wider)


def test_a_collection_that_is_not_theirs_to_read_is_not_there(session, lead):
    collection = a_collection(session, lead, audience=STAFF)
    with pytest.raises(NotFound):
        gathering.read_offer(session, VISITOR, collection.slug)


def test_what_was_withdrawn_is_not_in_it(session, make, lead):
    gone = a_resource(session, title="Gone", state="withdrawn")
    pack = make(actor_for(lead), a_collection(session, lead, (gone, a_resource(session))))
    assert titles(pack) == ["Outdoor numeracy"]
    assert pack.hidden == 1


def test_each_item_brings_its_facts(session, make, lead, taxonomy):
    resource = a_resource(
        session,
        summary="Talk more.",
        school="Sample Primary School",
        authority="angus",
        terms={"theme": ("pef",), "stage": ("p5",)},
        evidence_grade="repeated",
        body="Before.\n\n## Context\n\nWe *measured*.\n\n- chalk\n- string\n",
    )
    collection = a_collection(session, lead, (resource,))
    item = collection.sections[0].items[0]
    item.note, item.minutes = "Ask **who** counted.", 25
    found = make(actor_for(lead), collection).items[0]
    assert found.place.startswith("Sample Primary School, Angus, Tayside")
    assert "practice evidence, not a trial" in found.evidence.lower()
    assert [b.text for b in found.note_blocks] == ["Ask who counted."]
    assert found.minutes == 25
    context = found.handout[-1]
    assert (context.id, context.heading) == ("context", "Context")
    assert [(b.text, b.is_item) for b in context.blocks[:3]] == [
        ("We measured.", False),
        ("chalk", True),
        ("string", True),
    ]


def test_a_day_past_midnight_is_told(make, mixed, lead):
    with pytest.raises(InvalidInput, match="midnight"):
        make(actor_for(lead), mixed, times=Times(item_minutes=1000))


def test_a_visitor_takes_no_file(session, make, mixed):
    with pytest.raises(NotAllowed):
        taking.with_bytes(session, VISITOR, make(VISITOR, mixed))
