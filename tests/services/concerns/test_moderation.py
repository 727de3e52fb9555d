"""Report something, hide it with a reason, show it again: each kind of thing, and who may."""

import pytest

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.collections import CollectionState
from app.domain.concerns import ConcernAbout
from app.domain.errors import InvalidInput, NotAllowed, NotFound, TooManyTries, WrongState
from app.domain.people import VISITOR, Role
from app.domain.workflow import State
from app.models.audit import AuditEntry
from app.models.collections import Collection
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.models.questions import Answer
from app.models.tags import ResourceTag, Tag
from app.services.concerns.deciding import dismiss, find_concerns, hide, read_concern, show_again
from app.services.concerns.raising import MOST_IN_A_DAY, raise_concern
from app.services.concerns.things import find_thing
from tests.builders import (
    a_collection,
    a_person,
    a_question,
    a_resource,
    a_school,
    actor_for,
    an_adoption,
)

WHY = "It says which school the pupil came from."
REASON = "A pupil can be known by it."
KINDS = [*ConcernAbout]


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def writer(session):
    school = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=school)


@pytest.fixture
def reporter(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def resource(session):
    return a_resource(session, title="Peat", tags=("bog",))


@pytest.fixture
def make(session, resource, writer):
    """Return a function that makes something of a kind, and gives its id and a way to look."""

    def thing(about):
        question = a_question(session, resource, writer, answer="With P5 and P6.")
        match about:
            case ConcernAbout.QUESTION:
                return str(question.id)
            case ConcernAbout.ANSWER:
                return str(question.answers[0].id)
            case ConcernAbout.ADOPTION:
                return str(an_adoption(session, resource, writer, changes="We did less.").id)
            case ConcernAbout.COLLECTION:
                return a_collection(session, writer, region="tayside").id
        tag = Tag(slug="peat-moss", label="Peat moss")
        session.add(tag)
        session.flush()
        session.add(ResourceTag(resource_id=resource.id, tag_id=tag.id, person_id=writer.id))
        session.flush()
        return f"{resource.id}:{tag.id}"

    return thing


def told(session, person):
    rows = session.query(Notification).filter_by(person_id=person.id).order_by(Notification.id)
    return [row.sentence for row in rows]


@pytest.mark.parametrize("about", KINDS)
def test_each_kind_is_reported_hidden_with_a_reason_and_shown_again(
    session, make, lead, writer, reporter, about
):
    thing_id = make(about)
    concern = raise_concern(session, actor_for(reporter), about, thing_id, WHY)
    assert concern.region == "tayside"
    assert [sentence[:17] for sentence in told(session, lead)] == ["Somebody reported"]

    hide(session, actor_for(lead), concern.id, REASON)
    assert find_thing(session, about, thing_id).is_hidden
    assert (concern.is_hidden, concern.reason) == (True, REASON)
    assert REASON in told(session, writer)[-1]
    assert told(session, reporter) == []
    with pytest.raises(NotFound):
        raise_concern(session, actor_for(reporter), about, thing_id, WHY)

    show_again(session, actor_for(lead), concern.id)
    assert not find_thing(session, about, thing_id).is_hidden
    assert "shown again" in told(session, writer)[-1]
    with pytest.raises(WrongState):
        show_again(session, actor_for(lead), concern.id)
    rows = session.query(AuditEntry).filter_by(subject=f"{about}:{thing_id}").all()
    steps = [AuditAction.CONCERN_RAISED, AuditAction.HIDDEN, AuditAction.SHOWN_AGAIN]
    assert [row.action for row in rows] == steps
    assert not any(REASON in row.detail or WHY in row.detail for row in rows)


@pytest.mark.parametrize(
    ("about", "event"),
    [
        (ConcernAbout.ADOPTION, "resource.tried"),
        (ConcernAbout.TAG, "resource.tagged"),
        (ConcernAbout.COLLECTION, "collection.changed"),
    ],
)
def test_the_index_hears_of_what_it_holds(session, make, lead, reporter, about, event):
    concern = raise_concern(session, actor_for(reporter), about, make(about), WHY)
    before = session.query(OutboxEvent).filter_by(kind=event).count()
    hide(session, actor_for(lead), concern.id, REASON)
    assert session.query(OutboxEvent).filter_by(kind=event).count() > before


def test_a_question_waits_again_when_its_only_answer_is_hidden(session, make, lead, reporter):
    answered = make(ConcernAbout.ANSWER)
    concern = raise_concern(session, actor_for(reporter), ConcernAbout.ANSWER, answered, WHY)
    hide(session, actor_for(lead), concern.id, REASON)
    assert session.get(Answer, int(answered)).question.answered_at is None


def test_a_hidden_collection_is_private(session, make, lead, reporter):
    kind = ConcernAbout.COLLECTION
    thing_id = make(kind)
    concern = raise_concern(session, actor_for(reporter), kind, thing_id, WHY)
    hide(session, actor_for(lead), concern.id, REASON)
    assert session.get(Collection, thing_id).state is CollectionState.PRIVATE


def test_an_administrator_hides_a_tag_everywhere_and_a_lead_does_not(
    session, make, lead, reporter, resource
):
    thing_id = make(ConcernAbout.TAG)
    tag = session.get(Tag, int(thing_id.partition(":")[2]))
    concern = raise_concern(session, actor_for(reporter), ConcernAbout.TAG, thing_id, WHY)
    with pytest.raises(NotAllowed, match="Only an administrator"):
        hide(session, actor_for(lead), concern.id, REASON, everywhere=True)
    keeper = actor_for(a_person(session, Role.ADMINISTRATOR))
    hide(session, keeper, concern.id, REASON, everywhere=True)
    assert tag.hidden_at is not None
    assert session.query(OutboxEvent).filter_by(kind="tags.changed").count() > 0
    with pytest.raises(NotAllowed):
        show_again(session, actor_for(lead), concern.id)
    show_again(session, keeper, concern.id)
    assert tag.hidden_at is None


def test_a_writers_own_tag_is_hidden_everywhere_or_not_at_all(session, resource, lead, reporter):
    tag = Tag(slug="bog", label="Bog")
    session.add(tag)
    session.flush()
    thing_id = f"{resource.id}:{tag.id}"
    concern = raise_concern(session, actor_for(reporter), ConcernAbout.TAG, thing_id, WHY)
    with pytest.raises(InvalidInput, match="writers’ own"):
        hide(session, actor_for(lead), concern.id, REASON)
    other = Tag(slug="fen", label="Fen")
    session.add(other)
    session.flush()
    with pytest.raises(NotFound):
        raise_concern(
            session, actor_for(reporter), ConcernAbout.TAG, f"{resource.id}:{other.id}", WHY
        )


def test_only_a_tag_can_be_hidden_everywhere(session, make, reporter):
    kind = ConcernAbout.QUESTION
    concern = raise_concern(session, actor_for(reporter), kind, make(kind), WHY)
    keeper = actor_for(a_person(session, Role.ADMINISTRATOR))
    with pytest.raises(InvalidInput, match="Only a tag"):
        hide(session, keeper, concern.id, REASON, everywhere=True)


@pytest.mark.parametrize("about", [kind for kind in KINDS if kind is not ConcernAbout.COLLECTION])
def test_what_one_cannot_read_cannot_be_reported(session, make, resource, writer, about):
    thing_id = make(about)
    for bad in ("", "0", "-1", "x", "9" * 30, "\0", f"{resource.id}:", "²"):
        with pytest.raises(NotFound):
            raise_concern(session, actor_for(a_person(session)), about, bad, WHY)
    resource.published.audience = Audience.REGION
    session.flush()
    with pytest.raises(NotFound):
        raise_concern(session, actor_for(writer), about, thing_id, WHY)
    with pytest.raises(NotAllowed):
        raise_concern(session, VISITOR, about, thing_id, WHY)


def test_reports_of_one_thing_are_settled_together(session, make, lead, reporter):
    kind = ConcernAbout.QUESTION
    thing_id = make(kind)
    first = raise_concern(session, actor_for(reporter), kind, thing_id, WHY)
    again = raise_concern(session, actor_for(reporter), kind, thing_id, "It is unkind, too.")
    assert again is first
    assert first.words == "It is unkind, too."
    other = raise_concern(session, actor_for(a_person(session)), kind, thing_id, WHY)
    dismiss(session, actor_for(lead), first.id, "It names nobody.")
    assert other.decided_at is not None
    assert not find_thing(session, kind, thing_id).is_hidden
    with pytest.raises(WrongState, match="quicker"):
        hide(session, actor_for(lead), other.id, REASON)


def test_leads_decide_in_their_region_only_and_never_about_their_own(session, make, reporter):
    kind = ConcernAbout.QUESTION
    concern = raise_concern(session, actor_for(reporter), kind, make(kind), WHY)
    outside = actor_for(a_person(session, Role.REGIONAL_LEAD, region="south-east"))
    assert find_concerns(session, outside) == []
    for act in (read_concern, show_again):
        with pytest.raises(NotFound):
            act(session, outside, concern.id)
    with pytest.raises(NotFound):
        hide(session, outside, concern.id, REASON)
    with pytest.raises(NotAllowed):
        find_concerns(session, actor_for(reporter))


def test_nobody_decides_about_their_own_words(session, resource, lead, reporter):
    mine = a_question(session, resource, lead)
    kind = ConcernAbout.QUESTION
    concern = raise_concern(session, actor_for(reporter), kind, str(mine.id), WHY)
    assert read_concern(session, actor_for(lead), concern.id).is_own
    for act in (hide, dismiss):
        with pytest.raises(NotAllowed, match="your own words"):
            act(session, actor_for(lead), concern.id, REASON)


def test_what_nobody_sees_any_more_can_only_be_settled(session, make, resource, lead, reporter):
    kind = ConcernAbout.QUESTION
    concern = raise_concern(session, actor_for(reporter), kind, make(kind), WHY)
    resource.published.state = State.WITHDRAWN
    session.flush()
    session.expire_all()
    seen = read_concern(session, actor_for(lead), concern.id)
    assert (seen.may_look, seen.title) == (False, "")
    with pytest.raises(WrongState, match="nothing left to hide"):
        hide(session, actor_for(lead), concern.id, REASON)
    dismiss(session, actor_for(lead), concern.id, "It is withdrawn anyway.")


def test_words_are_asked_for_and_have_an_end(session, make, lead, reporter):
    kind = ConcernAbout.QUESTION
    thing_id = make(kind)
    for words in ("", " \0", "x" * 501):
        with pytest.raises(InvalidInput):
            raise_concern(session, actor_for(reporter), kind, thing_id, words)
    concern = raise_concern(session, actor_for(reporter), kind, thing_id, WHY)
    for words in ("", "x" * 501):
        for act in (hide, dismiss):
            with pytest.raises(InvalidInput):
                act(session, actor_for(lead), concern.id, words)


def test_nobody_reports_without_end(session, resource, reporter):
    kind = ConcernAbout.QUESTION
    for _ in range(MOST_IN_A_DAY):
        thing_id = str(a_question(session, resource).id)
        raise_concern(session, actor_for(reporter), kind, thing_id, WHY)
    with pytest.raises(TooManyTries):
        raise_concern(
            session, actor_for(reporter), kind, str(a_question(session, resource).id), WHY
        )


def test_where_a_region_has_no_lead_an_administrator_hears_of_it(session, make, reporter):
    keeper = a_person(session, Role.ADMINISTRATOR)
    raise_concern(
        session, actor_for(reporter), ConcernAbout.QUESTION, make(ConcernAbout.QUESTION), WHY
    )
    assert len(told(session, keeper)) == 1


def test_the_list_shows_what_waits_oldest_first_and_what_was_decided(
    session, resource, lead, reporter
):
    kind = ConcernAbout.QUESTION
    ids = [
        raise_concern(
            session, actor_for(reporter), kind, str(a_question(session, resource).id), WHY
        ).id
        for _ in range(3)
    ]
    dismiss(session, actor_for(lead), ids[1], "It names nobody.")
    actor = actor_for(lead)
    assert [seen.concern.id for seen in find_concerns(session, actor)] == [ids[0], ids[2]]
    assert [seen.concern.id for seen in find_concerns(session, actor, is_open=False)] == [ids[1]]
