"""Front matter: plain data only, every bad file with its line and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput, TooLarge
from app.formats.front_matter import Unreadable, read_front_matter


def read(front_matter, body="Words\n"):
    return read_front_matter(f"---\n{front_matter}\n---\n{body}".encode())


def test_values_lines_and_body_come_apart():
    front = read("title: Number talks\nstages: [p5, p6]\nevidence: {cost: low}", "## Context\n\n\n")
    assert front.values == {
        "title": "Number talks",
        "stages": ["p5", "p6"],
        "evidence": {"cost": "low"},
    }
    assert front.lines == {"title": 2, "stages": 3, "evidence": 4}
    assert front.body == "## Context\n"


def test_every_value_is_the_text_that_stands_there():
    front = read("a: yes\nb: 1:30\nc: 2026-02-31\nd: 007\ne: ~\nf: '~'\ng: 1_000\nh:")
    assert front.values == {
        "a": "yes",
        "b": "1:30",
        "c": "2026-02-31",
        "d": "007",
        "e": None,
        "f": "~",
        "g": "1_000",
        "h": None,
    }


def test_each_key_is_kept_as_it_was_written():
    front = read(
        "date: '`r Sys.Date()`' # today\nauthor:\n  - \"A\"\n\nlast: |\n  two\n\n  lines\n"
    )
    assert front.written == {
        "date": "date: '`r Sys.Date()`' # today",
        "author": 'author:\n  - "A"',
        "last": "last: |\n  two\n\n  lines",
    }


def test_a_line_separator_in_a_text_does_not_shift_the_keys_below():
    front = read('a: "x\u2028y"\nb: 2\nc: 3')
    assert front.written["b"] == "b: 2"


@pytest.mark.parametrize(
    "text",
    ["", "Words", "# Title\n\n---\n\nWords", "---\n\nA rule, then words", "--- x\ny: z\n---"],
)
def test_a_file_without_front_matter_is_all_body(text):
    front = read_front_matter(text.encode())
    assert front.values == {}
    assert front.body.rstrip("\n") == text


def test_a_byte_order_mark_and_windows_line_ends_are_accepted():
    front = read_front_matter("\ufeff---\r\ntitle: Mòd\r\n---\r\nOne\r\nTwo\rThree\r\n".encode())
    assert front.values == {"title": "Mòd"}
    assert front.body == "One\nTwo\nThree\n"


REFUSED = {
    "Latin-1 bytes": (b"---\ntitle: x\n---\ncaf\xe9", 4, "0xe9 is not UTF-8: save"),
    "UTF-16": ("\ufefftitle".encode("utf-16-le"), 1, "UTF-16: save it as UTF-8"),
    "a NUL": (b"one\ntwo\0", 2, "NUL"),
    "an escaped NUL": (b'---\ntitle: "\\0"\n---\n', 2, "NUL"),
    "no end": (b"---\ntitle: x\n\nWords", 1, "never closes"),
    "broken YAML": (b"---\ntitle: x\nsummary: a: b\n---\n", 3, "double quotes"),
    "an open list": (b"---\nstages: [p5\n---\n", 3, "not YAML"),
    "a tab": (b"---\n\ttitle: x\n---\n", 2, "not YAML"),
    "a control character": (b"---\ntitle: \x07\n---\n", 1, "special characters"),
    "a Python tag": (b"---\na: 1\nb: !!python/object/apply:os.system [ls]\n---\n", 3, "YAML tag"),
    "a tag of its own": (b"---\na: !secret x\n---\n", 2, "YAML tag (!secret)"),
    "a cycle": (b"---\na: &a [*a]\n---\n", 2, "alias"),
    "an alias bomb": (b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n", 2, "alias"),
    "an alias to nothing": (b"---\na: *Important*\n---\n", 2, "double quotes"),
    "a deep list": (b"---\na: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n", 2, "nested over 20"),
    "a key twice": (b"---\na: 1\nb: 2\na: 3\n---\n", 4, "stands twice"),
    "a key twice within": (b"---\nevidence: {cost: low, cost: high}\n---\n", 2, "stands twice"),
    "no mapping": (b"---\njust words\n---\n", 1, "name: value"),
    "too much": (b"---\na: " + b"x" * 70_000 + b"\n---\n", 1, "over 64 KiB"),
}


@pytest.mark.parametrize(("data", "line", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line_and_what_to_do(data, line, words):
    with pytest.raises(Unreadable) as refusal:
        read_front_matter(data)
    assert refusal.value.line == line
    assert words in str(refusal.value)


def test_a_file_of_ten_megabytes_is_refused():
    with pytest.raises(TooLarge, match=r"10\.0 MiB and the limit is 2"):
        read_front_matter(b"x" * 10 * 1024 * 1024)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"---\n{t}\n---\n".encode()))
def test_any_bytes_are_read_or_refused_with_a_sentence(data):
    try:
        read_front_matter(data)
    except InvalidInput as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either way is right


def test_halves_of_a_character_are_joined_and_one_alone_is_refused():
    file = read_front_matter(b'---\ntitle: "\\ud83d\\ude42 yes"\n---\n')
    assert file.values["title"] == "\U0001f642 yes"
    for key in (b'title: "\\ud800"', b'"\\udc00": x'):
        with pytest.raises(Unreadable, match="half a character") as refusal:
            read_front_matter(b"---\nkind: x\n" + key + b"\n---\n")
        assert refusal.value.line == 3
