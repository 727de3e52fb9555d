"""The letter of a digest: what is new, why, where, a way to stop; only what may be read now."""

import json
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.db import reading, unit_of_work
from app.domain.audience import Audience
from app.domain.events import EventKind
from app.domain.follows import Rhythm
from app.domain.people import Role
from app.followers.desk import Desk
from app.followers.handed_over import HandedOver
from app.followers.mail import Delays, Round, catch_up
from app.formats.signed_links import Purpose, read_link_token
from app.models.follows import Digest, DigestChoice
from app.models.outbox import OutboxEvent
from app.models.people import Person
from app.models.resources import Revision
from app.services.ledger import record
from tests.builders import a_person, a_resource
from tests.fake_mailer import FakeMailer, Killed

SECRET = "a secret of the tests"
DESK = Desk("https://library.example", SECRET)
WHY = ["Numeracy", "Tayside"]


def carry(mailer):
    nowhere = Path(tempfile.mkdtemp()) / "handed-over"
    return catch_up(mailer, DESK, Delays(), HandedOver(nowhere))


@pytest.fixture
def digest(library):
    """The id of a digest for a teacher of Tayside about two resources, and more."""
    with unit_of_work() as session:
        teacher = a_person(session, Role.TEACHER)
        made = [a_resource(session, title=t, summary=f"About {t}.") for t in ("First", "Second")]
        items = [{"id": resource.id, "why": WHY} for resource in made]
        row = Digest(person_id=teacher.id, items_json=json.dumps({"items": items, "more": 2}))
        session.add(row)
        session.flush()
        record(session, EventKind.DIGEST_MADE, row.id)
        return row.id


@pytest.fixture
def mailer():
    return FakeMailer()


def change(table, **values):
    with unit_of_work() as session:
        session.execute(update(table).values(**values))


def note_of_event():
    with reading() as session:
        return session.scalars(select(OutboxEvent.note)).one()


def test_it_tells_what_is_new_why_where_and_how_to_stop(digest, mailer):
    assert carry(mailer) == Round(1, 0)
    letter = mailer.letters[0]
    assert letter.subject == "New: “First” and 3 more"
    assert "About Second." in letter.text
    assert "https://library.example/resources/second" in letter.text
    assert letter.text.count("Here because you follow Numeracy and Tayside.") == 2
    assert "And 2 more: https://library.example/search?sort=newest" in letter.text
    assert "https://library.example/my" in letter.text
    link = letter.headers["List-Unsubscribe"].strip("<>")
    assert link in letter.text
    assert link.startswith("https://library.example/digests/stop/")
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with reading() as session:
        person = session.get_one(Digest, digest).person_id
    assert read_link_token(SECRET, Purpose.DIGEST_OFF, link.rpartition("/")[2]) == person


def test_what_became_restricted_since_is_left_out(digest, mailer):
    with unit_of_work() as session:
        first = session.scalars(select(Revision).where(Revision.title == "First")).one()
        first.audience, first.region = Audience.REGION, "south-east"
    carry(mailer)
    assert "First" not in mailer.letters[0].text + mailer.letters[0].subject
    assert "Second" in mailer.letters[0].text


def test_nothing_left_to_tell_is_no_letter(digest, mailer):
    change(Revision, audience=Audience.REGION, region="south-east")
    assert carry(mailer) == Round(1, 0)
    assert mailer.letters == []
    assert note_of_event() == "nothing in it may be read any more"


def test_who_stopped_meanwhile_or_left_gets_no_letter(digest, mailer):
    with unit_of_work() as session:
        person = session.get_one(Digest, digest).person_id
        session.add(DigestChoice(person_id=person, rhythm=Rhythm.NEVER))
    carry(mailer)
    assert (mailer.letters, note_of_event()) == ([], "not wished")


def test_a_shut_account_gets_no_letter(digest, mailer):
    from app.domain.moments import utc_now

    change(Person, disabled_at=utc_now())
    carry(mailer)
    assert (mailer.letters, note_of_event()) == ([], "nobody’s any more")


def test_killed_before_it_was_taken_it_is_sent_once(digest, mailer):
    mailer.says_no = {"*": Killed()}
    with pytest.raises(Killed):
        carry(mailer)
    mailer.says_no = {}
    assert carry(mailer) == Round(1, 0)
    assert carry(mailer) == Round(0, 0)
    assert len(mailer.letters) == 1


def test_killed_just_after_it_was_taken_it_comes_again_with_the_same_message_id(digest, mailer):
    mailer.after = Killed()
    with pytest.raises(Killed):
        carry(mailer)
    mailer.after = None
    carry(mailer)
    assert len({letter.headers["Message-ID"] for letter in mailer.letters}) == 1
    assert len(mailer.letters) == 2
