"""Reviews by programs: the same rules as on the pages."""

from datetime import timedelta

import pytest

from app.domain.moments import utc_now
from app.domain.people import Role
from app.domain.rubric import CODES
from app.domain.tokens import TokenScope
from app.domain.workflow import State
from tests.builders import a_draft, a_person, a_resource

WHY = "It says what changed, and how they know."
MARKS = dict.fromkeys(CODES, 3)
DECISION = {"comment": WHY, "marks": MARKS, "seen_version": 1}
DECISIONS = {
    "approve": State.APPROVED,
    "ask-for-changes": State.CHANGES_WANTED,
    "decline": State.DECLINED,
}


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD, name="Invented lead")


@pytest.fixture
def asking(program, lead):
    return program(lead)


@pytest.fixture
def submitted(session):
    head = a_person(session, Role.HEADTEACHER)
    return a_draft(
        session, head, state=State.SUBMITTED, title="Peat and percentages", submitted_at=utc_now()
    )


@pytest.fixture
def path(submitted):
    return f"/reviews/{submitted.id}"


def test_the_queue_holds_what_waits_in_the_region(session, asking, submitted):
    elsewhere = a_person(session, Role.HEADTEACHER, authority="fife", region="south-east")
    a_draft(session, elsewhere, state=State.SUBMITTED, title="Not of this region")

    queue = asking.get("/reviews").json

    assert queue["total"] == 1
    line = queue["submissions"][0]
    assert (line["title"], line["may_judge"]) == ("Peat and percentages", True)
    assert asking.get("/reviews?stage=approved").json["total"] == 0
    assert asking.get("/reviews?whose=mine").json["total"] == 0


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_lead_decides_once(asking, path, decision):
    first = asking.post(f"{path}/{decision}", DECISION)
    second = asking.post(f"{path}/{decision}", DECISION)

    assert (first.status_code, first.json["state"]) == (200, DECISIONS[decision]), first.json
    assert first.json["history"][-1]["marks"] == MARKS
    assert second.status_code == 409


def test_what_changed_while_it_was_read_is_not_decided(asking, path):
    answer = asking.post(f"{path}/approve", {**DECISION, "seen_version": 2})
    assert answer.status_code == 409
    assert "changed while you read" in answer.json["detail"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"comment": "ok"}, "Say why"),
        ({"comment": "a\0" * 20}, "“comment” has a character (NUL)"),
        ({"marks": {**MARKS, "clarity": 5}}, "must be 4 or less"),
        ({"marks": {}}, "is missing"),
        ({"marks": {**MARKS, "privacy": 1}}, "recognise a pupil"),
    ],
)
def test_a_decision_needs_its_reasons(asking, path, wrong, said):
    answer = asking.post(f"{path}/approve", {**DECISION, **wrong})
    assert answer.status_code == 422
    assert said in answer.json["detail"]


def test_what_is_approved_is_published_now(asking, path):
    assert asking.post(f"{path}/publish", {}).status_code == 409
    asking.post(f"{path}/approve", DECISION)

    answer = asking.post(f"{path}/publish", {})

    assert (answer.status_code, answer.json["state"]) == (200, "published")
    assert asking.get(f"/resources/{answer.json['resource_id']}").status_code == 200


def test_what_is_approved_may_wait_for_its_day(asking, program, path):
    resource = asking.post(f"{path}/approve", DECISION).json["resource_id"]
    day = utc_now() + timedelta(days=7)

    answer = asking.post(f"{path}/publish", {"publish_at": day.isoformat()})

    assert answer.status_code == 200, answer.json
    assert (answer.json["state"], answer.json["publish_at"][:10]) == ("approved", f"{day:%Y-%m-%d}")
    assert program().get(f"/resources/{resource}").status_code == 404


@pytest.mark.parametrize(
    "moment",
    [
        "2027-08-17",
        "2027-08-17T09:00:00",
        "soon",
        "9999-12-31T23:59:59-01:00",
        7,
        "2001-01-01T00:00Z",
    ],
)
def test_an_odd_day_is_refused(asking, path, moment):
    asking.post(f"{path}/approve", DECISION)
    assert asking.post(f"{path}/publish", {"publish_at": moment}).status_code == 422


def test_a_comment_blocks_until_it_is_resolved(asking, path):
    said = asking.post(f"{path}/comments", {"words": "Which stage was it?", "is_blocking": True})
    assert said.status_code == 201, said.json
    assert asking.post(f"{path}/approve", DECISION).status_code == 422

    done = asking.post(f"{path}/comments/{said.json['id']}/resolve")

    assert done.json["resolved_at"]
    assert [c["words"] for c in asking.get(path).json["comments"]] == ["Which stage was it?"]
    assert asking.post(f"{path}/approve", DECISION).status_code == 200


def test_a_comment_is_resolved_at_its_own_submission_only(session, asking, path):
    said = asking.post(f"{path}/comments", {"words": "Which stage was it?"}).json
    head = a_person(session, Role.HEADTEACHER)
    other = a_draft(session, head, state=State.SUBMITTED, title="Another")

    assert asking.post(f"/reviews/{other.id}/comments/{said['id']}/resolve").status_code == 404
    assert asking.get(path).json["comments"][0]["resolved_at"] is None


def test_nobody_reviews_their_own_work(session, lead, asking):
    own = a_draft(session, lead, state=State.SUBMITTED)
    assert asking.post(f"/reviews/{own.id}/approve", DECISION).status_code == 403


def test_a_resource_is_withdrawn_and_restored(session, asking, program):
    resource = a_resource(session)
    reason = {"reason": "A school asked us to look at it again."}

    gone = asking.post(f"/resources/{resource.slug}/withdraw", reason)

    assert (gone.status_code, gone.json["state"]) == (200, "withdrawn")
    assert program().get(f"/resources/{resource.slug}").status_code == 410
    assert asking.post(f"/resources/{resource.slug}/withdraw", reason).status_code == 409
    back = asking.post(f"/resources/{resource.slug}/restore", reason)
    assert (back.status_code, back.json["state"]) == (200, "published")


def test_a_token_for_writing_reviews_nothing(program, lead, path):
    writing = program(lead, TokenScope.WRITE)
    assert writing.get("/reviews").status_code == 403
    assert writing.post(f"{path}/approve", DECISION).status_code == 403
