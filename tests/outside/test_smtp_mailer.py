"""Mail through a server: what it says becomes one of three, and never an endless wait."""

import socket

import pytest

from app.domain.errors import LetterPutOff, LetterRefused, MailAway
from app.outside.mail import Letter
from app.outside.smtp_mailer import SmtpMailer

LETTER = Letter("head@sample.example", "Fàilte", "Words.\n", {"Message-ID": "<1@library.example>"})


MADE = []


@pytest.fixture(autouse=True)
def rested():
    """Let every mailer of a test take leave of its server."""
    yield
    while MADE:
        MADE.pop().rest()


def mailer(post, **more):
    said = {"security": "none", "timeout_s": 5.0} | more
    MADE.append(SmtpMailer("127.0.0.1", post.port, "Library <library@council.example>", **said))
    return MADE[-1]


def test_letters_that_follow_each_other_go_through_one_connection(post):
    one = mailer(post)
    one.send(LETTER)
    held = one._held[0]
    one.send(LETTER)
    assert one._held == [held]
    held.sock.close()  # the server, or what stands between, has had enough of it
    one.send(LETTER)
    assert len(post.handler.letters) == 3
    one.rest()
    assert one._held == []


def test_a_letter_arrives_with_its_headings(post):
    mailer(post).send(LETTER)

    _, envelope = post.handler.letters[0]
    assert envelope.mail_from == "library@council.example"
    assert envelope.rcpt_tos == ["head@sample.example"]
    assert b"Message-ID: <1@library.example>" in envelope.content


def test_the_library_signs_in_where_it_has_a_name_there(post):
    mailer(post, user="library", password="secret").send(LETTER)
    assert post.handler.letters[0][0]


def test_a_wrong_password_keeps_all_letters_waiting_and_is_not_told(post):
    with pytest.raises(MailAway) as told:
        mailer(post, user="library", password="wrong-one").send(LETTER)
    assert "535" in str(told.value)
    assert "wrong-one" not in str(told.value)


@pytest.mark.parametrize(
    ("answer", "error"), [("550 no such mailbox", LetterRefused), ("451 later", LetterPutOff)]
)
def test_what_concerns_one_address_holds_up_that_letter_only(post, answer, error):
    post.handler.rcpt["head@sample.example"] = answer
    with pytest.raises(error) as told:
        mailer(post).send(LETTER)
    assert "head@" not in str(told.value), "addresses stay out of the log"
    mailer(post).send(Letter("other@sample.example", "x", "y"))
    assert len(post.handler.letters) == 1


@pytest.mark.parametrize(
    ("answer", "error"), [("554 not that", LetterRefused), ("452 full", LetterPutOff)]
)
def test_what_concerns_one_letter_holds_up_that_letter_only(post, answer, error):
    post.handler.data = answer
    with pytest.raises(error):
        mailer(post).send(LETTER)


def test_a_server_without_tls_is_not_spoken_to_in_clear_where_tls_is_wanted(post):
    with pytest.raises(MailAway):
        mailer(post, security="starttls").send(LETTER)
    assert post.handler.letters == []


def test_a_server_that_is_not_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(MailAway, match="cannot be used: Connection refused"):
        SmtpMailer("127.0.0.1", port, "a@b.example", "none").send(LETTER)


def test_a_server_that_says_nothing_is_not_waited_for_without_end():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(MailAway):
            SmtpMailer("127.0.0.1", port, "a@b.example", "none", timeout_s=0.2).send(LETTER)
