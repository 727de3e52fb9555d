"""A letter as it goes over the wire: plain, to one address, its head not to be broken."""

import pytest

from app.domain.errors import LetterRefused
from app.outside.mail import Letter, is_address, to_message

SENDER = "Good Practice Library <library@council.example>"


def test_a_letter_is_plain_text_that_no_program_answers():
    letter = Letter("a@sample.example", "Fàilte", "Tha e ann.\n", {"Message-ID": "<1@x>"})

    message = to_message(letter, SENDER)

    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "Tha e ann.\n"
    assert message["Subject"] == "Fàilte"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<1@x>"
    assert message.as_bytes().isascii(), "any server takes it"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x00", "\x0b", "\x85", "\u2028", "\x1b"])
def test_a_heading_cannot_be_made_two(end):
    odd = f"Hello{end}Bcc: everybody@sample.example"
    with pytest.raises(LetterRefused, match="control character"):
        to_message(Letter("a@sample.example", odd, ""), SENDER)
    with pytest.raises(LetterRefused, match="control character"):
        to_message(Letter("a@sample.example", "Hello", "", {"List-Unsubscribe": odd}), SENDER)
    with pytest.raises(LetterRefused, match="one plain mail address"):
        to_message(Letter(f"a@sample.example{end}b@sample.example", "Hello", ""), SENDER)


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "nobody",
        "a@b@sample.example",
        "a@sample.example, b@sample.example",
        "A <a@sample.example>",
        "a b@sample.example",
        '"a"@sample.example',
        "à@sample.example",
        "a@sàmple.example",
    ],
)
def test_a_letter_goes_to_one_plain_address(odd):
    assert not is_address(odd)
    with pytest.raises(LetterRefused):
        to_message(Letter(odd, "Hello", ""), SENDER)


def test_a_long_subject_is_folded_and_stays_one_heading():
    message = to_message(Letter("a@sample.example", "word " * 100, "x"), SENDER)
    head, _, _ = message.as_bytes().partition(b"\r\n\r\n")
    assert {line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] != b" "} == {
        b"To", b"Subject", b"From", b"Date", b"Auto-Submitted", b"MIME-Version", b"Content-Type",
        b"Content-Transfer-Encoding",
    }  # fmt: skip
