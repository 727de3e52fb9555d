"""Carrying letters beside everything else, from one place at a time."""

import time

import pytest

from app.db import unit_of_work
from app.domain.errors import AlreadyRunning, MailAway
from app.domain.events import Follower
from app.domain.notifications import NotificationKind
from app.domain.people import Role
from app.followers.mail import Round
from app.followers.postman import Postman
from app.followers.runner import Followers, waiting
from app.services.telling import tell
from tests.builders import a_person
from tests.content_app import IDS, a_file
from tests.fake_mailer import FakeMailer


@pytest.fixture
def mailer():
    return FakeMailer()


@pytest.fixture
def postman(library, mailer):
    postman = Postman(library.parts, mailer)
    yield postman
    postman.stop()


def told():
    with unit_of_work() as session:
        person = a_person(session, Role.TEACHER)
        tell(
            session,
            [person.id],
            NotificationKind.PUBLISHED,
            sentence="It is published.",
            reason="You wrote it.",
            path="/",
        )


def comes_true(question, within_s=5.0):
    until = time.monotonic() + within_s
    while not question():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_a_letter_goes_out_within_seconds(postman, mailer):
    postman.start()
    postman.start()  # harmless
    told()
    assert comes_true(lambda: mailer.to == ["teacher-1@sample.example"])
    assert comes_true(lambda: waiting()[Follower.MAIL] == 0)


def test_a_server_that_is_away_is_tried_again_later_and_later(postman, mailer, monkeypatch, caplog):
    monkeypatch.setattr("app.followers.postman.FIRST_DELAY_S", 0.01)
    mailer.says_no = {"*": MailAway("Connection refused")}
    told()
    postman.start()
    assert comes_true(lambda: caplog.text.count("letters wait") >= 3)
    mailer.says_no = {}
    assert comes_true(lambda: len(mailer.letters) == 1)


def test_a_server_that_does_not_answer_keeps_no_change_from_the_index(library, load, mailer):
    class Slow(FakeMailer):
        def send(self, letter):
            time.sleep(1.5)
            super().send(letter)

    postman, followers = Postman(library.parts, Slow()), Followers(library.parts)
    told()
    try:
        postman.start()
        followers.start()
        assert comes_true(library.search.is_present)
        load(a_file(id=IDS[0]))
        assert comes_true(lambda: IDS[0] in library.search.documents, 1.4)
        assert waiting()[Follower.MAIL] == 1
        assert followers.settle(), "letters that wait unsettle nobody"
    finally:
        followers.stop()
        postman.stop()


def test_there_is_one_postman(library, mailer, postman):
    postman.place.take()
    with pytest.raises(AlreadyRunning, match="carries letters already"):
        Postman(library.parts, mailer).carry()
    told()
    assert postman.carry() == Round(1, 0)


def test_in_production_without_a_mail_server_letters_wait_and_the_log_says_so(library, caplog):
    parts = library.changed(environment="production", secret_key="x" * 40)
    postman = Postman(parts)
    postman.start()
    postman.start()
    assert caplog.text.count("letters wait: SMTP_HOST is not set") == 1
    with pytest.raises(MailAway, match="SMTP_HOST is not set"):
        postman.carry()
    assert postman.where == "nowhere, they wait: SMTP_HOST is not set"
