"""Programs follow and save for a person, and see nobody else's."""

from app.domain.people import Role
from app.domain.tokens import TokenScope
from tests.builders import a_person, a_resource


def test_a_program_follows_lists_and_leaves(session, program):
    ours = program(a_person(session, Role.TEACHER))
    made = ours.post("/follows", {"kind": "search", "key": "q=talks&page=2"})
    assert made.status_code == 201
    assert made.json["key"] == "q=talks"
    assert made.json["links"]["feed"].endswith("/feeds/search.atom?q=talks")
    again = ours.post("/follows", {"kind": "search", "key": "?q=talks"})
    assert again.json["id"] == made.json["id"]
    assert [one["id"] for one in ours.get("/follows").json["follows"]] == [made.json["id"]]
    assert program(a_person(session, Role.TEACHER)).get("/follows").json == {"follows": []}
    assert ours.delete(f"/follows/{made.json['id']}").status_code == 204
    assert ours.delete(f"/follows/{made.json['id']}").status_code == 404


def test_what_cannot_be_followed_is_told(session, program):
    ours = program(a_person(session, Role.TEACHER))
    assert ours.post("/follows", {"kind": "mood", "key": "x"}).status_code == 422
    assert ours.post("/follows", {"kind": "theme", "key": "none"}).status_code == 404
    assert ours.post("/follows", {"kind": "search", "key": ""}).status_code == 422


def test_a_program_saves_lists_and_takes_off(session, program):
    resource = a_resource(session)
    ours = program(a_person(session, Role.TEACHER))
    assert ours.ask("PUT", f"/saved/{resource.slug}").status_code == 204
    [saved] = ours.get("/saved").json["saved"]
    assert (saved["id"], saved["kind"], saved["title"]) == (
        resource.id,
        "resource",
        "Outdoor numeracy",
    )
    assert ours.delete(f"/saved/{resource.id}").status_code == 204
    assert ours.get("/saved").json == {"saved": []}


def test_a_token_to_read_follows_nothing(session, program):
    reader = program(a_person(session, Role.TEACHER), TokenScope.READ)
    assert reader.get("/follows").status_code == 403
    assert program().get("/follows").status_code in (401, 403)
