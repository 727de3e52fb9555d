"""Odd bodies: each gets a plain sentence, and none is a fault."""

import pytest

from app.api.bodies import LARGEST_BODY
from app.domain.people import Role
from tests.builders import a_draft, a_person


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def asking(program, head):
    return program(head)


@pytest.fixture
def path(session, head):
    return f"/submissions/{a_draft(session, head).id}"


def sent(asking, path, data, mimetype="application/json"):
    return asking.patch(path, data=data, content_type=mimetype)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\xfe", b'{"version": "\xe2\x82"}', b"[" * 100_000, b'"\\ud800"', b"NaN"],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_json_is_refused(asking, path, data):
    answer = sent(asking, path, data)

    assert answer.status_code == 422
    assert answer.json["detail"].startswith("The body")


def test_what_does_not_come_as_json_is_refused(asking, path):
    answer = sent(asking, path, b"version=1", "application/x-www-form-urlencoded")

    assert answer.status_code == 415
    assert answer.json["detail"] == "Send the body as application/json."


def test_what_is_too_large_is_refused(asking, path):
    assert sent(asking, path, b" " * (LARGEST_BODY + 1)).status_code == 413


def test_a_draft_may_be_larger_than_a_form_of_the_pages(asking, path):
    names = ("section-context", "section-impact", "section-what-we-did", "other", "lead")
    fields = dict.fromkeys(names, "Once upon a time. " * 3000)

    answer = asking.patch(path, {"version": 1, "fields": fields})

    assert answer.status_code == 200, answer.json


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"fields": {}}, "“version” is missing."),
        ({"version": "1", "fields": {}}, "“version” must be a whole number."),
        ({"version": True, "fields": {}}, "“version” must be a whole number."),
        ({"version": 1.5, "fields": {}}, "“version” must be a whole number."),
        ({"version": 0, "fields": {}}, "“version” must be 1 or more."),
        ({"version": 10**30, "fields": {}}, "“version” must be"),
        ({"version": 1, "fields": []}, "“fields” must be an object with named fields."),
        ({"version": 1, "fields": {"title": 7}}, "“fields.title” must be a text."),
        ({"version": 1, "fields": {"title": None}}, "“fields.title” must be a text."),
        ({"version": 1, "fields": {"title": "a\0b"}}, "“fields.title” has a character (NUL)"),
        ({"version": 1, "fields": {"stage": ["a\0"]}}, "“fields.stage”"),
        ({"version": 1, "fields": {"title": "a" * 60_001}}, "“fields.title” may have 60000"),
        ({"version": 1, "field": {}}, "There is no “field”. Did you mean “fields”?"),
        ({"version": 1, "fields": {"colour": "red"}}, "There is no field “colour” in this form."),
        ({"version": 1, "fields": {"region": "tayside"}}, "There is no field “region”"),
        ([], "The body must be a JSON object with named fields."),
        (7, "The body must be a JSON object with named fields."),
    ],
    ids=str,
)
def test_each_thing_that_is_wrong_has_its_sentence(asking, path, body, said):
    answer = asking.patch(path, body)

    assert answer.status_code == 422
    assert said in answer.json["detail"]


def test_the_sentences_are_told_by_field(asking, path):
    answer = asking.patch(path, {"version": 0, "fields": {"title": 7}})

    assert [problem["field"] for problem in answer.json["fields"]] == ["version", "fields.title"]


@pytest.mark.parametrize(
    "body", [{}, {"kind": "poem"}, {"kind": "case-study", "start_from": "x"}, {"number": 2}]
)
def test_a_beginning_is_of_one_thing(asking, body):
    assert asking.post("/submissions", body).status_code == 422


def test_two_things_at_once_are_no_beginning(asking):
    answer = asking.post("/submissions", {})
    assert answer.json["detail"] == "Give either “kind” or “start_from”."


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page=0", "“page” must be 1 or more."),
        ("page=x", "“page” must be a whole number."),
        ("pages=1", "There is no “pages”. Did you mean “page”?"),
        ("page=1&page=2", "“page” may be given once."),
    ],
)
def test_parameters_are_read_as_strictly(asking, query, said):
    answer = asking.get(f"/submissions?{query}")
    assert (answer.status_code, answer.json["detail"]) == (422, said)


@pytest.mark.parametrize("number", ["0", "2147483647", "2147483648", "9" * 30, "-1", "١"])
def test_a_number_that_no_row_has_leads_nowhere(asking, number):
    assert asking.get(f"/submissions/{number}").status_code == 404


@pytest.mark.parametrize("address", ["%00", "%ED%A0%80", "a%00b", "%FF"])
def test_an_address_that_no_resource_has_leads_nowhere(asking, address):
    reason = {"reason": "It was found to be of no use."}
    assert asking.post("/submissions", {"start_from": "nothing"}).status_code == 404
    assert asking.post(f"/resources/{address}/withdraw", reason).status_code == 404
    assert asking.get(f"/resources/{address}").status_code == 404
