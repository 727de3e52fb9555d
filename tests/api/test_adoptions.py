"""What was tried, by programs: the same rules as on the pages."""

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.tokens import TokenScope
from tests.builders import a_person, a_resource, a_school, an_adoption

SAID = {"stages": ["p5"], "tried_on": "2026-09", "outcome": "worked", "would_repeat": True}
NAMED = "Our pupil Jamie MacDonald needed more time."
PATH = "/resources/number-talks/adoptions"


@pytest.fixture
def resource(session):
    return a_resource(session, title="Number talks")


@pytest.fixture
def teacher(session):
    school = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=school, name="Invented Person")


@pytest.fixture
def asking(program, teacher):
    return program(teacher)


def test_a_try_is_recorded_changed_and_taken_back(resource, asking):
    made = asking.post(PATH, SAID)
    assert made.status_code == 201, made.json
    assert (made.json["school"], made.json["authority"]) == (
        "Invented Links Primary School",
        "fife",
    )
    path = made.headers["Location"].partition("/api/v1")[2]
    assert asking.get(path).json == made.json

    changed = asking.patch(path, {"outcome": "not", "changes": "Shorter."}).json
    assert (changed["outcome"], changed["tried_on"], changed["stages"]) == (
        "not",
        "2026-09",
        ["p5"],
    )

    assert asking.delete(path).status_code == 204
    assert asking.get(path).status_code == 404
    assert asking.get(PATH).json["total"] == 0


def test_anybody_reads_what_schools_said_and_no_persons_name(session, resource, teacher, program):
    an_adoption(session, resource, teacher, stages="p5", changes="Shorter.")
    an_adoption(session, resource, a_person(session, Role.TEACHER))

    answer = program().get(f"{PATH}?region=south-east")

    assert answer.json["total"] == 1
    assert answer.json["adoptions"][0]["changes"] == "Shorter."
    assert "Invented Person" not in answer.text
    assert program().get(f"{PATH}?outcome=not").json["adoptions"] == []
    assert program().get(f"{PATH}?outcome=magic").status_code == 422


def test_the_resource_says_how_far_it_was_tried(session, resource, teacher, program):
    an_adoption(session, resource, teacher)
    answer = program().get("/resources/number-talks").json
    assert answer["tried"]["rung"] == "tried-once"
    assert answer["tried"]["schools"] == 1
    assert answer["facets"]["evidence"] == ["tried-once"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stages": []}, "stages"),
        ({"stages": ["p17"]}, "stages"),
        ({"tried_on": "2026-13"}, "tried_on"),
        ({"tried_on": "0000-01"}, "tried_on"),
        ({"tried_on": "2099-01"}, "tried_on"),
        ({"outcome": "magic"}, "outcome"),
        ({"changes": "a" * 1501}, "changes"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_field(resource, asking, wrong, field):
    answer = asking.post(PATH, {**SAID, **wrong})
    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json["fields"]] == [field]


def test_words_that_may_point_to_a_pupil_are_told_and_may_be_agreed_to(resource, asking):
    asked = asking.post(PATH, {**SAID, "changes": NAMED})
    assert asked.status_code == 422
    [risk] = asked.json["risks"]
    assert risk["text"] == "pupil Jamie MacDonald"

    kept = asking.post(PATH, {**SAID, "changes": NAMED, "agreed": [risk["fingerprint"]]})
    assert kept.status_code == 201


def test_what_is_not_theirs_is_not_there(session, resource, teacher, program):
    adoption = an_adoption(session, resource, teacher)
    other = program(a_person(session, Role.TEACHER))
    assert other.get(f"/adoptions/{adoption.id}").status_code == 404
    assert other.patch(f"/adoptions/{adoption.id}", {}).status_code == 404
    assert other.delete(f"/adoptions/{adoption.id}").status_code == 404


def test_a_token_for_reading_records_nothing(resource, teacher, program):
    assert program(teacher, TokenScope.READ).post(PATH, SAID).status_code == 403


def test_tries_of_a_restricted_resource_are_as_hidden_as_it_is(session, teacher, program):
    resource = a_resource(session, title="Number talks", audience=Audience.REGION)
    an_adoption(session, resource, a_person(session, Role.TEACHER))
    assert program().get(PATH).status_code == 404
    assert program(teacher).post(PATH, SAID).status_code == 404
