"""Drafts written and submitted by programs, within what their people may do."""

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.tokens import TokenScope
from app.domain.workflow import State
from app.models.resources import Revision
from tests.builders import a_draft, a_person, a_resource, a_school

WHOLE = {
    "title": "Number talks in the rain",
    "summary": "Ten minutes of talk a day, and more learners who explain how they know.",
    "section-context": "We are a small school by the sea.",
    "section-what-we-did": "We talked about numbers for ten minutes every morning.",
    "section-how-we-know": "We asked the class the same questions twice.",
    "section-impact": "Most of the class start a problem without waiting.",
    "section-contact": "The depute headteacher.",
    "stage": ["p5"],
    "area": ["mathematics"],
}


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER, name="Invented teacher")


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, name="Invented head")


def begin(asking):
    answer = asking.post("/submissions", {"kind": "case-study"})
    assert answer.status_code == 201
    return answer.json


def test_a_draft_is_begun_written_and_submitted_by_a_program(session, head, program):
    asking = program(head)
    made = begin(asking)
    path = f"/submissions/{made['id']}"

    saved = asking.patch(path, {"version": made["version"], "fields": WHOLE})
    assert saved.status_code == 200, saved.json
    assert saved.json["version"] == made["version"] + 1
    assert saved.json["gaps"] == []
    assert saved.json["fields"]["stage"] == ["p5"]

    sent = asking.post(f"{path}/submit")
    assert sent.status_code == 200, sent.json
    assert sent.json["state"] == "submitted"
    assert [step["step"] for step in sent.json["history"]] == ["submit"]
    assert session.get(Revision, made["id"]).state is State.SUBMITTED


def test_the_answer_says_where_the_draft_is_to_be_had(head, program):
    answer = program(head).post("/submissions", {"kind": "case-study"})

    where = answer.headers["Location"]
    assert where.endswith(f"/api/v1/submissions/{answer.json['id']}")
    assert where == answer.json["links"]["self"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_teacher_offers_and_may_not_submit(teacher, program):
    asking = program(teacher)
    made = begin(asking)
    path = f"/submissions/{made['id']}"
    asking.patch(path, {"version": made["version"], "fields": WHOLE})

    assert asking.post(f"{path}/submit").status_code == 403
    assert asking.post(f"{path}/offer").json["state"] == "with_school"


def test_what_is_missing_is_told_field_by_field(head, program):
    asking = program(head)
    made = begin(asking)

    answer = asking.post(f"/submissions/{made['id']}/submit")

    assert answer.status_code == 422
    assert {"field": "title", "sentence": "Enter a title"} in answer.json["fields"]
    assert {gap["field"] for gap in made["gaps"]} == {p["field"] for p in answer.json["fields"]}


def test_a_new_version_of_a_published_resource_is_begun(session, teacher, program):
    a_resource(session, title="Outdoor numeracy", author_id=teacher.id)

    answer = program(teacher).post("/submissions", {"start_from": "outdoor-numeracy"})

    assert answer.status_code == 201
    assert answer.json["number"] == 2
    assert answer.json["fields"]["title"] == "Outdoor numeracy"


def test_of_two_who_change_the_same_words_the_second_is_shown_both(session, head, teacher, program):
    draft = a_draft(session, teacher)
    path = f"/submissions/{draft.id}"
    first = {"version": 1, "fields": {"summary": "Mine came first."}}
    assert program(teacher).patch(path, first).status_code == 200

    late = program(head).patch(path, {"version": 1, "fields": {"summary": "Mine came second."}})

    assert late.status_code == 409
    assert late.json["version"] == 2
    assert late.json["clashes"] == [
        {
            "field": "summary",
            "base": "",
            "mine": "Mine came second.",
            "theirs": "Mine came first.",
        }
    ]
    session.expire_all()
    assert session.get(Revision, draft.id).summary == "Mine came first."
    settled = {"version": 2, "fields": {"summary": "Both, put together."}}
    assert program(head).patch(path, settled).status_code == 200


def test_what_two_people_changed_in_other_fields_is_put_together(session, head, teacher, program):
    path = f"/submissions/{a_draft(session, teacher).id}"
    program(teacher).patch(path, {"version": 1, "fields": {"summary": "A summary."}})

    late = program(head).patch(path, {"version": 1, "fields": {"title": "A title"}})

    assert late.status_code == 200
    assert (late.json["fields"]["summary"], late.json["fields"]["title"]) == (
        "A summary.",
        "A title",
    )
    assert late.json["merged_from"] == ["Invented teacher"]
    assert late.json["taken_over"] == ["summary"]


def test_a_list_of_mine_holds_mine_and_a_heads_whole_school(session, head, teacher, program):
    elsewhere = a_person(session, school=a_school(session, "Invented Academy", "fife"))
    for author, title in ((teacher, "The teacher’s"), (head, "The head’s"), (elsewhere, "No")):
        a_draft(session, author, title=title)

    mine = program(teacher).get("/submissions").json
    school = program(head).get("/submissions?per_page=1&page=2").json

    assert [line["title"] for line in mine["submissions"]] == ["The teacher’s"]
    assert (school["total"], len(school["submissions"]), school["page"]) == (2, 1, 2)


def test_a_draft_is_thrown_away_once(session, teacher, program):
    path = f"/submissions/{a_draft(session, teacher).id}"
    asking = program(teacher)

    gone = asking.delete(path)

    assert (gone.status_code, gone.data) == (204, b"")
    assert asking.get(path).status_code == 404
    assert asking.delete(path).status_code == 404


def test_others_are_told_of_no_draft(session, teacher, program):
    path = f"/submissions/{a_draft(session, teacher).id}"
    elsewhere = a_school(session, "Invented Academy", "fife")
    for role in (Role.TEACHER, Role.HEADTEACHER, Role.REGIONAL_LEAD):
        other = program(a_person(session, role, school=elsewhere))
        assert other.get(path).status_code == 404
    assert program(a_person(session, Role.ADMINISTRATOR)).get(path).status_code == 403
    assert program().get(path).status_code == 403


def test_a_token_for_reading_writes_nothing(session, head, program):
    reading = program(head, TokenScope.READ)

    assert reading.post("/submissions", {"kind": "case-study"}).status_code == 403
    assert reading.get("/me").json["scopes"] == ["read"]


def test_a_token_tells_for_whom_it_acts(head, program):
    me = program(head, TokenScope.WRITE).get("/me").json

    assert (me["role"], me["name"], me["scopes"]) == (
        "headteacher",
        "Invented head",
        ["read", "write"],
    )
    assert "sign off and submit" in me["may"]
    assert "keep an account" not in me["may"]
    assert program().get("/me").json["role"] == "visitor"


def test_a_token_opens_what_is_for_staff_and_nothing_between_keeps_it(session, head, program):
    a_resource(session, title="For staff", audience=Audience.STAFF)

    assert program().get("/resources/for-staff").status_code == 404
    answer = program(head).get("/resources/for-staff")
    assert answer.json["title"] == "For staff"
    assert "private" in answer.headers["Cache-Control"]
    assert "Authorization" in answer.headers["Vary"]


def test_a_token_that_is_not_good_is_told_at_every_door(client):
    bad = {"Authorization": "Bearer gpl_" + "x" * 43}
    for method, path in (("GET", "/api/v1/me"), ("POST", "/api/v1/submissions")):
        answer = client.open(path, method=method, headers=bad)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_browsers_sign_in_counts_for_nothing(session, teacher, as_person):
    client = as_person(teacher)

    assert client.get("/api/v1/submissions").status_code == 403
    assert client.post("/api/v1/submissions", json={"kind": "case-study"}).status_code == 403
