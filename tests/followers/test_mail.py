"""The post: each thing mailed once, nobody held up by another, nothing lost."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.db import reading, unit_of_work
from app.domain.errors import LetterPutOff, LetterRefused, MailAway
from app.domain.events import EventKind, Follower
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Role
from app.followers import mail
from app.followers.handed_over import HandedOver
from app.followers.letters import Desk
from app.followers.mail import Delays, Round, catch_up, look
from app.formats.signed_links import Purpose, read_link_token
from app.models.notifications import MailOff, Notification
from app.models.outbox import OutboxEvent
from app.models.people import Invitation, Person
from app.models.sign_ins import PasswordReset
from app.services.ledger import record
from app.services.telling import tell
from tests.builders import a_person
from tests.fake_mailer import FakeMailer, Killed

SECRET = "a secret of the tests"
DESK = Desk("https://library.example", SECRET)


@pytest.fixture
def people(library):
    """The ids of three invented teachers."""
    with unit_of_work() as session:
        return [a_person(session, Role.TEACHER).id for _ in range(3)]


@pytest.fixture
def mailer():
    return FakeMailer()


def told(people, kind=NotificationKind.PUBLISHED, **more):
    words = {
        "sentence": "“Outdoor numeracy” is published.",
        "reason": "You wrote it.",
        "path": "/resources/outdoor-numeracy",
    }
    with unit_of_work() as session:
        tell(session, people, kind, **words | more)


def invite(**more):
    with unit_of_work() as session:
        words = {
            "email": "new@sample.example",
            "name": "Invented Newcomer",
            "role": Role.TEACHER,
            "expires_at": utc_now() + timedelta(days=7),
        }
        invitation = Invitation(**words | more)
        session.add(invitation)
        session.flush()
        record(session, EventKind.PERSON_INVITED, invitation.id)
        return invitation.id


def carry(mailer, delays=None, handed=None):
    nowhere = Path(tempfile.mkdtemp()) / "handed-over"
    return catch_up(mailer, DESK, delays or Delays(), handed or HandedOver(nowhere))


def set_all(table, **values):
    with unit_of_work() as session:
        session.execute(update(table).values(**values))


def test_a_notification_is_mailed_with_its_reason_a_link_and_a_way_to_stop(people, mailer):
    told(people[:1])

    assert carry(mailer) == Round(1, 0)

    letter = mailer.letters[0]
    assert letter.to == "teacher-1@sample.example"
    assert letter.subject == "“Outdoor numeracy” is published."
    assert "https://library.example/resources/outdoor-numeracy" in letter.text
    assert "You get this mail because you wrote it." in letter.text
    assert "https://library.example/notifications/settings" in letter.text
    link = letter.headers["List-Unsubscribe"].strip("<>")
    assert link in letter.text
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read_link_token(SECRET, Purpose.MAIL_OFF, link.rpartition("/")[2]) == 1
    with reading() as session:
        assert session.scalars(select(Notification)).one().mailed_at


def test_nothing_is_mailed_twice(people, mailer):
    told(people)
    assert carry(mailer) == Round(3, 0)
    assert carry(mailer) == Round(0, 0)
    assert len(mailer.letters) == 3


def test_what_is_read_turned_off_or_nobodys_any_more_is_not_mailed(people, mailer):
    told(people)
    with unit_of_work() as session:
        first = session.scalars(select(Notification).where(Notification.person_id == people[0]))
        first.one().read_at = utc_now()
        session.add(MailOff(person_id=people[1], kind=NotificationKind.PUBLISHED))
        session.get_one(Person, people[2]).disabled_at = utc_now()

    assert carry(mailer) == Round(3, 0)
    assert mailer.letters == []


def test_what_is_turned_off_stops_no_other_kind_and_never_ones_own_account(people, mailer):
    with unit_of_work() as session:
        for kind in (NotificationKind.PUBLISHED, NotificationKind.ACCOUNT):
            session.add(MailOff(person_id=people[0], kind=kind))
    told(people[:1], NotificationKind.COMMENTED)
    told(people[:1], NotificationKind.ACCOUNT)
    carry(mailer)
    assert len(mailer.letters) == 2
    assert "List-Unsubscribe" not in mailer.letters[1].headers


def test_an_invitation_brings_a_link_that_only_we_can_make(mailer):
    invitation_id = invite()
    carry(mailer)
    letter = mailer.letters[0]
    link = next(line for line in letter.text.splitlines() if line.startswith("https://"))
    assert link.startswith("https://library.example/invitations/")
    token = link.rpartition("/")[2]
    assert read_link_token(SECRET, Purpose.INVITATION, token) == invitation_id
    assert read_link_token(SECRET, Purpose.RESET, token) is None
    assert "as a teacher" in letter.text


@pytest.mark.parametrize("field", ["used_at", "revoked_at", "expires_at"])
def test_an_invitation_that_opens_nothing_is_not_mailed(library, mailer, field):
    invite(**{field: utc_now() - timedelta(seconds=1)})
    assert carry(mailer) == Round(1, 0)
    assert mailer.letters == []


def test_a_way_back_in_is_mailed_while_it_is_good(people, mailer):
    with unit_of_work() as session:
        for minutes in (60, -1):
            reset = PasswordReset(
                person_id=people[0], expires_at=utc_now() + timedelta(minutes=minutes)
            )
            session.add(reset)
            session.flush()
            record(session, EventKind.RESET_ASKED, reset.id)
    assert carry(mailer) == Round(2, 0)
    assert len(mailer.letters) == 1
    assert "https://library.example/reset/" in mailer.letters[0].text


def test_killed_after_handing_over_a_notice_is_not_repeated(people, mailer):
    told(people[:1])
    mailer.after = Killed()
    with pytest.raises(Killed):
        carry(mailer)
    mailer.after = None
    assert carry(mailer) == Round(1, 0)
    assert len(mailer.letters) == 1


def test_killed_after_handing_over_an_invitation_is_repeated_and_known_as_a_repeat(library, mailer):
    invite()
    mailer.after = Killed()
    with pytest.raises(Killed):
        carry(mailer)
    mailer.after = None
    carry(mailer)
    first, second = mailer.letters
    assert first.headers["Message-ID"] == second.headers["Message-ID"]
    assert first.text == second.text


def test_killed_between_handing_over_and_the_database_it_is_not_sent_again(
    library, mailer, monkeypatch, tmp_path
):
    invite()
    file = tmp_path / "handed-over"

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(mail, "_note", killed)
        with pytest.raises(Killed):
            carry(mailer, handed=HandedOver(file))
    assert len(mailer.letters) == 1

    assert carry(mailer, handed=HandedOver(file)) == Round(ended=1, put_off=0)

    assert len(mailer.letters) == 1
    assert file.read_bytes() == b""
    assert carry(mailer, handed=HandedOver(file)) == Round(0, 0)


def test_a_disk_that_cannot_be_written_keeps_no_letter_back(library, mailer, tmp_path):
    invite()
    (tmp_path / "file").write_text("no folder")
    handed = HandedOver(tmp_path / "file" / "handed-over")
    assert carry(mailer, handed=handed) == Round(ended=1, put_off=0)
    assert len(mailer.letters) == 1


def test_a_bad_address_holds_up_nobody_and_is_given_up_with_a_note(people, mailer):
    mailer.says_no = {"teacher-1@sample.example": LetterRefused("refused for good (550)")}
    told(people)

    assert carry(mailer) == Round(3, 0)

    assert mailer.to == ["teacher-2@sample.example", "teacher-3@sample.example"]
    with reading() as session:
        stands = look(session, utc_now() - timedelta(days=1))
        assert stands.waiting == 0
        assert [note for _, _, note in stands.given_up] == ["given up: refused for good (550)"]


def test_a_letter_that_is_put_off_waits_longer_each_time(people, mailer, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(mail.time, "monotonic", lambda: clock[0])
    delays = Delays()
    mailer.says_no = {"teacher-1@sample.example": LetterPutOff("later (451)")}
    told(people[:2])

    assert carry(mailer, delays) == Round(1, 1)
    assert carry(mailer, delays) == Round(0, 0), "its time has not come"
    clock[0] += 31
    assert carry(mailer, delays) == Round(0, 1)
    clock[0] += 31
    assert carry(mailer, delays) == Round(0, 0), "twice as long"
    clock[0] += 31
    mailer.says_no = {}
    assert carry(mailer, delays) == Round(1, 0)
    assert mailer.to == ["teacher-2@sample.example", "teacher-1@sample.example"]


def test_a_letter_that_is_put_off_for_three_days_is_given_up(people, mailer):
    mailer.says_no = {"*": LetterPutOff("later (451)")}
    told(people[:1])
    set_all(OutboxEvent, happened_at=utc_now() - timedelta(days=4))
    assert carry(mailer) == Round(1, 0)
    with reading() as session:
        row = session.scalars(select(OutboxEvent)).one()
        assert row.note.startswith("given up after three days")


def test_while_the_server_is_away_everything_waits_and_then_goes_out_once(people, mailer):
    told(people)
    mailer.says_no = {"*": MailAway("Connection refused")}
    with pytest.raises(MailAway):
        carry(mailer)
    mailer.says_no = {}
    assert carry(mailer) == Round(3, 0)
    assert sorted(mailer.to) == sorted(set(mailer.to))


def test_a_row_that_cannot_be_understood_holds_up_nobody(people, mailer, caplog):
    with unit_of_work() as session:
        odd = OutboxEvent(follower=Follower.MAIL, kind=EventKind.PERSON_TOLD, subject_id="odd")
        session.add(odd)
    told(people[:1])
    assert carry(mailer) == Round(1, 1)
    assert "a letter waits" in caplog.text


def test_what_people_wrote_cannot_break_a_letter(people, mailer):
    odd = "“A\r\nBcc: all@sample.example\x00\u2028” is " + "long " * 60
    told(people[:1], sentence=odd)
    carry(mailer)
    subject = mailer.letters[0].subject
    assert subject.startswith("“A Bcc: all@sample.example ” is long")
    assert subject.endswith("…")
    assert len(subject) <= 120
