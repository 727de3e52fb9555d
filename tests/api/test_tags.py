"""Tags by programs: the same rules as on the pages."""

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.tokens import TokenScope
from tests.builders import a_person, a_resource


@pytest.fixture
def resource(session):
    return a_resource(session, tags=("Outdoors",))


@pytest.fixture
def asking(program, session):
    return program(a_person(session, Role.TEACHER))


@pytest.fixture
def as_lead(program, session):
    return program(a_person(session, Role.REGIONAL_LEAD))


def on(resource):
    return f"/resources/{resource.slug}/tags"


def test_tags_are_put_on_and_taken_off(asking, resource):
    told = asking.post(on(resource), {"tags": ["rain", "OUTDOORS"]})
    assert told.status_code == 200
    assert told.json == {
        "put": ["rain"],
        "were_there": ["Outdoors"],
        "tags": ["Outdoors", "rain"],
    }
    assert asking.get(f"/resources/{resource.slug}").json["tags"] == ["Outdoors", "rain"]
    assert asking.delete(f"{on(resource)}/rain").status_code == 204
    assert asking.delete(f"{on(resource)}/rain").status_code == 404
    assert asking.delete(f"{on(resource)}/outdoors").status_code == 409


def test_what_is_no_tag_is_told(asking, resource):
    told = asking.post(on(resource), {"tags": ["x@y.example"]})
    assert told.status_code == 422
    assert "is an address" in told.json["detail"]
    assert asking.post(on(resource), {"tags": []}).status_code == 422
    assert asking.post(on(resource), {"tags": "rain"}).status_code == 422


def test_a_token_for_reading_puts_none_on(program, session, resource):
    reader = program(a_person(session, Role.TEACHER), TokenScope.READ)
    assert reader.post(on(resource), {"tags": ["rain"]}).status_code == 403
    writer = program(a_person(session, Role.REGIONAL_LEAD), TokenScope.WRITE)
    assert writer.post("/tags/outdoors/retire").status_code == 403


def test_tags_are_listed_and_counted_for_the_asker(program, asking, session, resource):
    a_resource(session, title="Two", tags=("outdoors", "hush"), audience=Audience.REGION)
    listed = program().get("/tags").json
    assert listed["tags"] == [
        {"slug": "outdoors", "label": "Outdoors", "total": 1, "is_retired": False}
    ]
    assert asking.get("/tags?q=hu").json["total"] == 1
    assert asking.get("/tags?per_page=1&page=2").json["tags"][0]["slug"] == "outdoors"
    assert program().get("/tags/hush").status_code == 404
    assert program().get("/tags?pages=2").status_code == 422


def test_one_tag_tells_what_has_it_and_what_stands_beside_it(program, session):
    one = a_resource(session, title="One", tags=("play", "mud"))
    told = program().get("/tags/play").json
    assert told["resources"] == [{"id": one.id, "slug": "one", "title": "One"}]
    assert [tag["slug"] for tag in told["related"]] == ["mud"]


def test_a_lead_merges_and_undoes(as_lead, program, session):
    a_resource(session, title="One", tags=("times tables",))
    a_resource(session, title="Two", tags=("Multiplication facts",))
    made = as_lead.post("/tags/times-tables/merge", {"into": "multiplication-facts"})
    assert made.json["sentence"] == "“times tables” was merged into “Multiplication facts”."
    told = program().get("/tags/times-tables").json
    assert (told["slug"], told["total"]) == ("multiplication-facts", 2)
    assert program().get("/resources/one").json["tags"] == ["Multiplication facts"]
    assert [one["id"] for one in as_lead.get("/tag-changes").json["changes"]] == [made.json["id"]]
    undone = as_lead.post(f"/tag-changes/{made.json['id']}/undo")
    assert undone.json["undone_at"] is not None
    assert program().get("/tags/times-tables").json["slug"] == "times-tables"
    assert as_lead.post(f"/tag-changes/{made.json['id']}/undo").status_code == 409


def test_a_lead_renames_and_retires(as_lead, program, resource):
    assert as_lead.post("/tags/outdoors/rename", {"label": "Outside"}).json["step"] == "rename"
    assert program().get("/tags/outdoors").json["label"] == "Outside"
    assert as_lead.post("/tags/outside/retire").status_code == 200
    assert program().get("/tags/outside").json["is_retired"]
    assert as_lead.post("/tags/outside/merge", {"into": ""}).status_code == 422
