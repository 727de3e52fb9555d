"""The pages of tags."""

import re
from importlib import import_module

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.models.resource_tags import standing_tags
from app.models.tags import ResourceTag, Tag
from tests.builders import a_person, a_resource


@pytest.fixture
def as_teacher(session, as_person):
    return as_person(a_person(session, Role.TEACHER, name="Morag Invented"))


@pytest.fixture
def as_lead(session, as_person):
    return as_person(a_person(session, Role.REGIONAL_LEAD))


@pytest.fixture
def resource(session):
    return a_resource(session, tags=("Outdoors",))


def labels(session, resource):
    session.expire_all()
    return [tag.label for tag in standing_tags(session, resource.published)]


def test_a_teacher_adds_several_tags_from_the_page_of_a_resource(as_teacher, session, resource):
    page = f"/resources/{resource.slug}"
    sent = {"tags": "number talks, Rain, outdoors"}
    answer = as_teacher.send(f"{page}/tags", sent, page=page)
    assert answer.status_code == 303
    assert answer.location == f"{page}#tags"
    shown = as_teacher.get(page).text
    assert "Added: number talks, Rain." in shown
    assert "There already: Outdoors." in shown
    assert labels(session, resource) == ["Outdoors", "number talks", "Rain"]
    assert 'href="/tags/number-talks">number talks</a>' in shown


def test_who_put_a_tag_on_is_shown_to_nobody(as_teacher, as_lead, client, resource):
    as_teacher.send(f"/resources/{resource.slug}/tags", {"tags": "rain"})
    for path in (f"/resources/{resource.slug}", f"/resources/{resource.slug}/tags", "/tags/rain"):
        assert "Morag" not in as_lead.get(path).text
        assert "Morag" not in client.get(path).text


def test_a_visitor_sees_tags_and_no_form(client, resource):
    page = client.get(f"/resources/{resource.slug}").text
    assert 'href="/tags/outdoors">Outdoors</a>' in page
    assert "Add tags" not in page
    assert client.get(f"/resources/{resource.slug}/tags").status_code == 403


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Write a tag"),
        ("a", "too short"),
        ("x@y.example", "is an address"),
        (",,", "Write a tag"),
    ],
)
def test_what_is_no_tag_is_told_at_the_field_and_kept(as_teacher, resource, typed, why):
    answer = as_teacher.send(f"/resources/{resource.slug}/tags", {"tags": typed})
    assert answer.status_code == 422
    assert why in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{typed}"' in answer.text


def test_one_press_adds_what_is_suggested(as_teacher, session, resource, index_now):
    other = {
        "title": "Mud kitchens",
        "body": "## Context\n\nWe measured and dug in the playground.\n",
    }
    a_resource(session, tags=("Playground", "Sandpit"), **other)
    a_resource(session, title="Third", tags=("Secret measured",), audience=Audience.REGION,
               region="south-east")  # fmt: skip
    index_now()
    page = as_teacher.get(f"/resources/{resource.slug}/tags").text
    offered = re.findall(r'name="tags" value="([^"]*)"', page)
    assert "Playground" in offered
    assert "Outdoors" not in offered
    assert not any("Secret" in one for one in offered)


def test_suggestions_do_without_the_index(as_teacher, resource, without_search):
    assert as_teacher.get(f"/resources/{resource.slug}/tags").status_code == 200


def test_a_tag_is_taken_off_by_who_put_it_on(as_teacher, as_person, session, resource):
    path = f"/resources/{resource.slug}/tags"
    as_teacher.send(path, {"tags": "rain"})
    assert "Take off" in as_teacher.get(path).text
    other = as_person(a_person(session, Role.TEACHER))
    assert "Take off" not in other.get(path).text
    assert other.send(f"{path}/rain/take-off", page=path).status_code == 403
    assert as_teacher.send(f"{path}/rain/take-off", page=path).status_code == 303
    assert labels(session, resource) == ["Outdoors"]


def test_too_many_in_an_hour_are_told_when_to_go_on(as_teacher, session, resource):
    person = session.query(ResourceTag).count()
    assert person == 0
    as_teacher.send(f"/resources/{resource.slug}/tags", {"tags": "rain"})
    row = session.query(ResourceTag).one()
    for number in range(59):
        tag = Tag(slug=f"t{number}", label=f"t{number}")
        other = a_resource(session, title=f"Other {number}")
        session.add(ResourceTag(resource_id=other.id, tag=tag, person_id=row.person_id))
    session.flush()
    answer = as_teacher.send(f"/resources/{resource.slug}/tags", {"tags": "mud"})
    assert answer.status_code == 429
    assert "60 tags within the hour" in answer.text
    assert 'value="mud"' in answer.text


def test_the_list_of_tags_counts_what_the_reader_may_see(client, as_teacher, session, resource):
    a_resource(session, title="Two", tags=("outdoors", "hush"), audience=Audience.REGION)
    page = client.get("/tags").text
    assert re.search(r"Outdoors</a> <span[^>]*>\(1\)", page)
    assert "hush" not in page
    assert re.search(r"Outdoors</a> <span[^>]*>\(2\)", as_teacher.get("/tags").text)
    assert client.get("/tags/hush").status_code == 404
    assert as_teacher.get("/tags/hush").status_code == 200


def test_the_list_of_tags_can_be_searched(client, session, resource):
    page = client.get("/tags?q=OUT").text
    assert "1 tag with “OUT” in the name" in page
    assert "No tag is called so." in client.get("/tags?q=zzz").text


def test_a_long_list_shows_what_is_used_most_and_a_letter_at_a_time(client, session, monkeypatch):
    monkeypatch.setattr(import_module("app.web.tags.views"), "MOST_AT_ONCE", 2)
    a_resource(session, tags=("apple", "berry", "cherry", "1+2"))
    page = client.get("/tags").text
    assert "Used most" in page
    page = client.get("/tags?letter=B").text
    assert "berry" in page
    assert "cherry" not in page
    assert "1+2" in client.get("/tags?letter=%23").text


def test_the_page_of_a_tag_shows_what_has_it_and_what_stands_beside_it(client, session):
    a_resource(session, title="Number talks", tags=("play", "mud"))
    a_resource(session, title="Loose parts", tags=("Play",))
    page = client.get("/tags/play").text
    assert "2 resources with this tag" in page
    assert "Number talks" in page
    assert "Loose parts" in page
    assert 'href="/tags/mud"' in page
    assert "There is no such page." in client.get("/tags/play?page=7").text


@pytest.mark.parametrize("slug", ["nothing", "%00", "x" * 300, "-"])
def test_an_unknown_tag_is_not_there(client, slug):
    assert client.get(f"/tags/{slug}").status_code == 404


def edit(client, slug, **sent):
    return client.send(f"/tags/{slug}/edit", sent)


def test_a_lead_sees_what_a_merge_would_change_and_then_does_it(as_lead, client, session):
    a_resource(session, title="One", tags=("times tables",))
    a_resource(session, title="Two", tags=("Multiplication facts",))
    seen = edit(as_lead, "times-tables", step="merge", into="multiplication facts")
    assert seen.status_code == 200
    assert "Merge “times tables” into “Multiplication facts”?" in seen.text
    assert "will stand on 2 resources; it stands on 1 resource now" in seen.text
    assert (
        "<code>/tags/times-tables</code> will lead to <code>/tags/multiplication-facts" in seen.text
    )
    assert client.get("/tags/times-tables").status_code == 200
    done = edit(as_lead, "times-tables", step="merge", into="multiplication facts", confirmed="yes")
    assert done.status_code == 303
    moved = client.get("/tags/times-tables")
    assert (moved.status_code, moved.location) == (301, "/tags/multiplication-facts")
    assert moved.headers["Cache-Control"] == "no-cache"
    assert "2 resources with this tag" in client.get("/tags/multiplication-facts").text


def test_a_change_is_undone_from_the_list(as_lead, client, session):
    a_resource(session, title="One", tags=("times tables",))
    edit(as_lead, "times-tables", step="rename", label="Table facts", confirmed="yes")
    assert client.get("/tags/times-tables").status_code == 301
    page = as_lead.get("/tags/-/changes").text
    assert "“times tables” was renamed “Table facts”." in page
    path = re.search(r'action="(/tags/-/changes/\d+/undo)"', page)[1]
    assert as_lead.send(path, page="/tags/-/changes").status_code == 303
    assert client.get("/tags/times-tables").status_code == 200
    assert "undone" in as_lead.get("/tags/-/changes").text


def test_a_retired_tag_says_so_and_can_be_found(as_lead, client, session):
    a_resource(session, title="One", tags=("times tables",))
    assert "Retire “times tables”?" in edit(as_lead, "times-tables", step="retire").text
    edit(as_lead, "times-tables", step="retire", confirmed="yes")
    assert "This tag is retired" in client.get("/tags/times-tables").text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Choose what shall become of it"),
        ({"step": "merge", "into": "nothing"}, "There is no tag “nothing”"),
        ({"step": "rename", "label": "!"}, "too short"),
    ],
)
def test_what_cannot_be_done_is_told_at_the_field(as_lead, session, resource, sent, why):
    answer = edit(as_lead, "outdoors", **sent)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_lead_is_told_plainly_when_a_tag_is_not_theirs_alone(as_lead, session, resource):
    a_resource(session, title="Far", tags=("outdoors",), region="south-east")
    assert "an administrator merges" in as_lead.get("/tags/outdoors").text
    answer = as_lead.get("/tags/outdoors/edit")
    assert answer.status_code == 403
    assert "an administrator changes it" in answer.text
