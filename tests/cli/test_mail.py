"""flask mail."""

from app.db import unit_of_work
from app.domain.events import EventKind, Follower
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.models.outbox import OutboxEvent
from app.schema import upgrade
from app.services.telling import tell
from tests.builders import a_person


def told(library):
    upgrade(library.settings.database_url)
    with unit_of_work() as session:
        person = a_person(session)
        words = {"sentence": "It is published.", "reason": "You wrote it.", "path": "/"}
        tell(session, [person.id], NotificationKind.PUBLISHED, **words)


def in_folder(library):
    library.parts = library.changed(mail_folder=library.folder / "mail")
    return library


def test_what_waits_is_carried_once(library):
    told(in_folder(library))
    assert library.run("mail", "follow", "--once").output == "1 letters dealt with, 0 put off.\n"
    assert library.run("mail", "follow", "--once").output == "0 letters dealt with, 0 put off.\n"
    assert len(list((library.folder / "mail").glob("*.eml"))) == 1


def test_status_tells_where_letters_go_and_which_were_lost(library):
    told(in_folder(library))
    with unit_of_work() as session:
        lost = OutboxEvent(
            follower=Follower.MAIL,
            kind=EventKind.PERSON_TOLD,
            subject_id="1",
            handled_at=utc_now(),
            note="given up: refused for good (550)",
        )
        session.add(lost)
    said = library.run("mail", "status").output
    assert f"letters go: into {library.folder}/mail" in said
    assert "waiting: 1" in said
    assert "given up: refused for good (550)" in said


def test_a_trial_letter_is_sent_past_the_outbox(library):
    in_folder(library)
    assert library.run("mail", "test", "me@sample.example").exit_code == 0
    assert len(list((library.folder / "mail").glob("*.eml"))) == 1
    refused = library.run("mail", "test", "nobody")
    assert refused.exit_code == 1
    assert "not one plain mail address" in refused.output


def test_without_a_mail_server_in_production_it_says_so(library):
    library.parts = library.changed(environment="production", secret_key="x" * 40)
    refused = library.run("mail", "follow", "--once")
    assert refused.exit_code == 1
    assert "SMTP_HOST is not set" in refused.output
