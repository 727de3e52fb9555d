"""A school says that it tried something; it can change it and take it back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.errors import NotAllowed, NotFound
from app.domain.events import EventKind, Follower
from app.domain.evidence import Outcome
from app.domain.notifications import NotificationKind
from app.domain.people import Role
from app.domain.workflow import State
from app.models.audit import AuditEntry
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.services.adoptions import recording
from app.services.adoptions.saying import FieldRefused, MayPointToPupil, Told, this_month
from tests.builders import a_person, a_resource, actor_for, an_adoption

TOLD = Told(("p5",), date(2026, 9, 14), Outcome.WORKED, would_repeat=True)
NAMED = "Our pupil Jamie MacDonald needed more time."


@pytest.fixture
def adopt(session, taxonomy, resource, teacher):
    def record(told=TOLD, by=None, **more):
        actor = actor_for(by or teacher)
        return recording.adopt(session, actor, taxonomy, resource, told, **more)

    return record


def letters(session):
    return session.scalars(select(Notification)).all()


def said(**more):
    return Told(**{**vars(TOLD), **more})


def test_a_try_is_kept_with_its_school_and_the_first_of_the_month(adopt, school):
    adoption = adopt(said(stages=("p6", "p5"), changes="  Shorter.\r\n\r\n\r\n\r\nLouder.\0 "))

    assert (adoption.school_id, adoption.authority, adoption.region) == (
        school.id,
        "fife",
        "south-east",
    )
    assert adoption.tried_on == date(2026, 9, 1)
    assert adoption.stages == "p5 p6"
    assert adoption.changes == "Shorter.\n\nLouder."


def test_it_is_on_record_and_the_index_hears_of_it(session, adopt, resource):
    adoption = adopt()

    [entry] = session.scalars(select(AuditEntry))
    assert (entry.action, entry.subject) == (AuditAction.ADOPTED, f"adoption:{adoption.id}")
    [event] = session.scalars(
        select(OutboxEvent).where(OutboxEvent.kind == EventKind.RESOURCE_TRIED)
    )
    assert (event.follower, event.subject_id) == (Follower.INDEX, resource.id)


def test_the_writer_is_told_with_thanks(session, adopt, writer, resource):
    adopt()

    [told] = letters(session)
    assert (told.person_id, told.kind) == (writer.id, NotificationKind.TRIED)
    assert told.sentence == (
        "Invented Links Primary School in Fife tried “Number talks”: it worked. "
        "Thank you for sharing it."
    )
    assert told.path == f"/resources/{resource.id}#tried"


def test_nobody_is_thanked_by_themselves(session, adopt, writer):
    adopt(by=writer)
    assert letters(session) == []


def test_recorded_anew_within_a_day_the_writer_hears_no_second_time(session, adopt, teacher):
    recording.delete(session, actor_for(teacher), adopt().id)
    adopt(said(outcome=Outcome.NOT))
    assert len(letters(session)) == 1


def test_a_form_that_is_sent_twice_is_one_try(session, adopt):
    assert adopt().id == adopt().id
    assert len(letters(session)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stages": ()}, "stages"),
        ({"stages": ("p5", "p17")}, "stages"),
        ({"tried_on": this_month() + timedelta(days=40)}, "tried_on"),
        ({"tried_on": date(1999, 12, 1)}, "tried_on"),
        ({"changes": "a" * 1501}, "changes"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(adopt, wrong, field):
    with pytest.raises(FieldRefused) as refused:
        adopt(said(**wrong))
    assert refused.value.field == field


def test_words_that_may_point_to_a_pupil_are_asked_about_before_they_are_kept(adopt):
    with pytest.raises(MayPointToPupil, match="Jamie") as asked:
        adopt(said(changes=NAMED))
    adoption = adopt(said(changes=NAMED), agreed=asked.value.fingerprints)
    assert adoption.changes == NAMED


def test_what_was_agreed_to_covers_no_other_words(adopt):
    with pytest.raises(MayPointToPupil) as asked:
        adopt(said(changes=NAMED))
    with pytest.raises(MayPointToPupil, match="Isla"):
        adopt(
            said(changes=f"{NAMED} A girl called Isla Fraser too."),
            agreed=asked.value.fingerprints,
        )


def test_the_names_of_schools_point_to_nobody(adopt):
    words = "We did it with the P5 pupils of Invented Links Primary School."
    assert adopt(said(changes=words)).changes == words


@pytest.mark.parametrize(
    "role", [Role.REGIONAL_LEAD, Role.AUTHORITY_OFFICER, Role.NATIONAL_READER, Role.ADMINISTRATOR]
)
def test_only_schools_try_things(session, adopt, role):
    with pytest.raises(NotAllowed):
        adopt(by=a_person(session, role))


def test_what_one_may_not_read_cannot_be_said_to_be_tried(session, taxonomy, teacher):
    hidden = [
        a_resource(session, title="Only theirs", audience=Audience.REGION),
        a_resource(session, title="A draft", state=State.DRAFT),
    ]
    for resource in hidden:
        with pytest.raises(NotFound):
            recording.adopt(session, actor_for(teacher), taxonomy, resource, TOLD)


def test_it_can_be_changed_and_the_index_hears_again(session, taxonomy, adopt, teacher):
    adoption = adopt()
    changed = said(outcome=Outcome.NOT)
    recording.change(session, actor_for(teacher), taxonomy, adoption.id, changed)

    assert adoption.outcome is Outcome.NOT
    assert adoption.edited_at is not None
    events = session.scalars(
        select(OutboxEvent).where(OutboxEvent.kind == EventKind.RESOURCE_TRIED)
    )
    assert len(events.all()) == 2


def test_saved_unchanged_nothing_happened(session, taxonomy, adopt, teacher):
    adoption = adopt()
    recording.change(session, actor_for(teacher), taxonomy, adoption.id, TOLD)
    assert adoption.edited_at is None


def test_the_headteacher_of_the_school_may_change_it_and_others_know_of_none(
    session, taxonomy, adopt, school
):
    adoption = adopt()
    head = a_person(session, Role.HEADTEACHER, school=school)
    recording.change(session, actor_for(head), taxonomy, adoption.id, said(outcome=Outcome.PARTLY))
    colleague = a_person(session, Role.TEACHER, school=school)
    elsewhere = a_person(session, Role.HEADTEACHER)
    for person in (colleague, elsewhere):
        with pytest.raises(NotFound):
            recording.delete(session, actor_for(person), adoption.id)


def test_once_deleted_it_is_gone_with_its_words(session, adopt, teacher):
    adoption = adopt(said(changes="Shorter."))
    recording.delete(session, actor_for(teacher), adoption.id)

    assert adoption.changes == ""
    with pytest.raises(NotFound):
        recording.read_own(session, actor_for(teacher), adoption.id)


def test_a_try_of_what_was_withdrawn_can_be_taken_back_but_not_changed(
    session, taxonomy, resource, teacher
):
    adoption = an_adoption(session, resource, teacher)
    resource.revisions[0].state = State.WITHDRAWN
    session.flush()
    session.expire(resource)
    with pytest.raises(NotFound):
        recording.change(session, actor_for(teacher), taxonomy, adoption.id, TOLD)
    recording.delete(session, actor_for(teacher), adoption.id)
    assert adoption.deleted_at is not None
