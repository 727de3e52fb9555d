"""What people were told is theirs alone, and they say what they are mailed about."""

import pytest

from app.domain.errors import NotAllowed, NotFound
from app.domain.notifications import NotificationKind, as_clause
from app.domain.people import VISITOR
from app.models.notifications import Notification
from app.services import notifications as service
from app.services.telling import tell
from tests.builders import a_person, actor_for

KIND = NotificationKind


@pytest.fixture
def me(session):
    return actor_for(a_person(session))


@pytest.fixture
def other(session):
    return actor_for(a_person(session))


def told(session, actor, sentence="It is published.", path="/resources/x", kind=KIND.PUBLISHED):
    reason = "You wrote it."
    tell(session, [actor.id], kind, sentence=sentence, reason=reason, path=path)
    return session.query(Notification).order_by(Notification.id.desc()).first().id


def test_everybody_sees_their_own_newest_first(session, me, other):
    for actor, sentence in ((me, "First."), (other, "Not mine."), (me, "Second.")):
        told(session, actor, sentence)
    found = service.find(session, me)
    assert [n.sentence for n in found.notifications] == ["Second.", "First."]
    assert (found.total, found.unread) == (2, 2)


def test_opening_one_marks_it_and_says_where_it_goes_on(session, me):
    first = told(session, me, path="/submissions/3")
    assert service.open_one(session, me, first) == "/submissions/3"
    assert service.open_one(session, me, first) == "/submissions/3"
    assert service.count_unread(session, me) == 0


def test_somebody_elses_is_not_there(session, me, other):
    theirs = told(session, other)
    for missing in (theirs, 10**6):
        with pytest.raises(NotFound):
            service.open_one(session, me, missing)
    assert service.mark_seen(session, me, [theirs]) == 0
    assert service.count_unread(session, other) == 1


def test_all_are_marked_up_to_the_newest_that_was_seen(session, me, other):
    told(session, me), told(session, other)
    newest = told(session, me)
    later = told(session, me)
    assert service.mark_all_read(session, me, newest) == 2
    assert session.get(Notification, later).read_at is None
    assert service.count_unread(session, other) == 1


def test_a_visit_answers_what_goes_on_there(session, me):
    here = [told(session, me, path=path) for path in ("/reviews/3", "/reviews/3#comment-2")]
    told(session, me, path="/reviews/30")
    assert service.find_answered(session, me, "/reviews/3") == tuple(here)


def test_mails_are_chosen_kind_by_kind(session, me):
    assert service.find_mailed(session, me) == service.OPTIONAL
    assert KIND.ACCOUNT not in service.OPTIONAL
    service.choose_mailed(session, me, [KIND.DECLINED])
    assert service.find_mailed(session, me) == (KIND.DECLINED,)
    service.choose_mailed(session, me, service.OPTIONAL)
    assert service.find_mailed(session, me) == service.OPTIONAL


def test_the_link_of_a_letter_stops_its_kind_for_its_reader(session, me, other):
    mine = told(session, me)
    assert service.stop_mails(session, mine) is KIND.PUBLISHED
    assert service.stop_mails(session, mine) is KIND.PUBLISHED
    assert KIND.PUBLISHED not in service.find_mailed(session, me)
    assert service.find_mailed(session, other) == service.OPTIONAL


def test_a_link_that_is_none_stops_nothing(session, me):
    account = told(session, me, kind=KIND.ACCOUNT)
    for odd in (None, 10**6, account):
        with pytest.raises(NotFound):
            service.stop_mails(session, odd)


def test_a_visitor_has_none(session):
    for ask in (service.find, service.find_mailed):
        with pytest.raises(NotAllowed):
            ask(session, VISITOR)


@pytest.mark.parametrize(
    ("reason", "clause"),
    [
        ("You wrote it.", "you wrote it."),
        ("PEF leads are told", "PEF leads are told."),
        ("I am told ", "I am told."),
    ],
)
def test_a_reason_follows_because(reason, clause):
    assert as_clause(reason) == clause


def test_every_kind_says_what_its_mails_are_about():
    assert all(kind.about for kind in NotificationKind)
