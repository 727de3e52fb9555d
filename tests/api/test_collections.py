"""Collections read and kept by programs, within what their people may do."""

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.tokens import TokenScope
from tests.builders import a_collection, a_person, a_resource


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


def test_a_collection_is_begun_filled_and_published_by_a_program(session, lead, program):
    asking = program(lead)
    one, two = a_resource(session, title="One"), a_resource(session, title="Two")
    begun = asking.post("/collections", {"title": "Network day"})
    assert begun.status_code == 201, begun.json
    path = f"/collections/{begun.json['id']}"

    for resource in (one, two):
        assert asking.put(f"{path}/items/{resource.id}", {}).status_code == 200
    section = begun.json["sections"][0]["id"]
    moved = asking.put(
        f"{path}/items/{two.id}", {"section": section, "place": 0, "note": "First.", "minutes": 20}
    )
    [part] = moved.json["sections"]
    assert [(item["title"], item["note"]) for item in part["items"]] == [
        ("Two", "First."),
        ("One", ""),
    ]
    assert moved.json["minutes"] == 20

    assert asking.post(f"{path}/publish").status_code == 422
    version = moved.json["version"]
    change = {"version": version, "fields": {"summary": "For May.", "audience": "staff"}}
    assert asking.patch(path, change).json["summary"] == "For May."
    assert asking.patch(path, change).status_code == 409
    published = asking.post(f"{path}/publish")
    assert (published.json["state"], published.json["slug"]) == ("published", "network-day")
    assert asking.delete(f"{path}/items/{one.id}").json["count"] == 1
    assert asking.post(f"{path}/take-back").json["state"] == "private"


def test_a_program_reads_what_its_person_may_and_how_much_is_left_out(session, lead, program):
    resources = (
        a_resource(session, title="For all"),
        a_resource(session, title="For Tayside", audience=Audience.REGION),
    )
    made = a_collection(session, lead, resources)
    answer = program(None).get(f"/collections/{made.slug}").json
    assert [item["title"] for item in answer["sections"][0]["items"]] == ["For all"]
    assert (answer["count"], answer["not_shown"]) == (1, 1)
    listed = program(None).get("/collections").json
    assert [(line["title"], line["count"]) for line in listed["collections"]] == [
        ("Talking about number", 1)
    ]


def test_a_token_for_reading_alone_keeps_nothing(session, lead, program):
    made = a_collection(session, lead)
    reader = program(lead, TokenScope.READ)
    assert reader.get(f"/collections/{made.id}").status_code == 200
    assert reader.post("/collections", {"title": "Ours"}).status_code == 403


def test_what_is_wrong_is_told_field_by_field(session, lead, program):
    made = a_collection(session, lead)
    asking = program(lead)
    answer = asking.patch(f"/collections/{made.id}", {"version": 1, "fields": {"language": "xx"}})
    assert answer.status_code == 422
    assert answer.json["fields"][0]["field"] == "language"
    assert asking.post("/collections", {"title": " "}).status_code == 422
