"""GET /api/v1/resources/<id>, as a program meets it."""

import pytest

from app.domain.audience import Audience
from app.domain.resources import Kind
from app.domain.workflow import State
from app.models.pictures import Picture
from app.models.resources import FormerSlug
from app.models.submissions import RevisionAttachment
from app.services.keeping import keep_attachment
from tests.builders import a_resource
from tests.formats.attachment_files import PDF

BODY = "## Context\n\nA *small* school.\n\n### Before\n\n## Impact\n\nMore talk.\n"


def _read(client, address):
    return client.get(f"/api/v1/resources/{address}")


def test_a_resource_says_everything_and_its_words_are_markdown(client, session):
    resource = a_resource(
        session,
        body=BODY,
        authority="angus",
        school="Ardlaggan Primary School",
        notice="This is an invented example.",
        licence="CC-BY-4.0",
        terms={"stage": ("p6", "p5"), "theme": ("numeracy",)},
        tags=("number talks",),
        evidence_grade="repeated",
        evidence_cohort="20-29",
    )

    answer = _read(client, resource.id).json

    assert answer["id"] == resource.id
    assert answer["slug"] == "outdoor-numeracy"
    assert answer["body"] == BODY
    assert [section["title"] for section in answer["sections"]] == ["Context", "Impact"]
    assert answer["facets"] == {
        "kind": ["case-study"],
        "stage": ["p6", "p5"],
        "theme": ["numeracy"],
        "region": ["tayside"],
        "authority": ["angus"],
        "year": ["2026"],
        "evidence": ["tried-once"],
    }
    assert answer["tried"] == {
        "rung": "tried-once",  # by those who wrote it
        "schools": 0,
        "authorities": 0,
        "regions": 0,
        "outcomes": {"worked": 0, "partly": 0, "not": 0},
    }
    assert answer["evidence"] == {
        "grade": "repeated",
        "measure": None,
        "cohort": "20-29",
        "cost": None,
    }
    assert answer["tags"] == ["number talks"]
    assert answer["is_sample"] is True
    assert answer["version"] == 1
    assert answer["published_on"] == "2026-03-02"


def test_professional_learning_says_what_it_takes(client, session):
    resource = a_resource(
        session, kind=Kind.PROFESSIONAL_LEARNING, learning_type="webinar", duration_minutes=45
    )

    answer = _read(client, resource.id).json

    assert answer["duration_minutes"] == 45
    assert answer["facets"]["type"] == ["webinar"]
    assert answer["evidence"] is None
    assert answer["is_sample"] is False


def test_the_id_the_slug_and_a_former_slug_lead_to_the_same(client, session):
    resource = a_resource(session)
    session.add(FormerSlug(slug="old-name", resource_id=resource.id))
    session.flush()

    answers = [_read(client, address) for address in (resource.id, resource.slug, "old-name")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.json["id"] for answer in answers} == {resource.id}


def test_its_links_lead_somewhere(client, session):
    resource = a_resource(session)

    links = _read(client, resource.slug).json["links"]

    assert links["self"] == f"http://localhost/api/v1/resources/{resource.id}"
    for name in ("self", "page"):
        assert client.get(links[name]).status_code == 200
    assert links["markdown"] == "http://localhost/resources/outdoor-numeracy.md"


def test_its_pictures_can_be_fetched(client, session):
    resource = a_resource(session, body="## Context\n\n![A curve](pictures/c.svg)\n")
    picture = Picture(name="c.svg", media_type="image/svg+xml", sha256="0" * 64, data=b"<svg/>")
    resource.published.pictures.append(picture)
    session.flush()

    (picture,) = _read(client, resource.id).json["pictures"]

    assert picture["name"] == "c.svg"
    assert client.get(picture["url"]).data == b"<svg/>"


def test_its_files_can_be_fetched(client, session):
    resource = a_resource(session)
    kept = keep_attachment(session, "plan.pdf", PDF, 2)
    offered = RevisionAttachment(attachment_name=kept.name, label="Our plan", position=0)
    resource.published.attachments.append(offered)
    session.flush()

    (attachment,) = _read(client, resource.id).json["attachments"]

    assert (attachment["label"], attachment["size"]) == ("Our plan", len(PDF))
    assert client.get(attachment["url"]).data == PDF


@pytest.mark.parametrize(
    "more",
    [
        {"state": State.DRAFT},
        {"state": State.WITHDRAWN, "audience": Audience.STAFF},
        {"state": State.APPROVED},
        {"audience": Audience.STAFF},
        {"audience": Audience.REGION},
    ],
)
def test_what_a_visitor_may_not_read_is_as_if_it_were_not_there(client, session, more):
    resource = a_resource(session, title="Secret practice", **more)

    for address in ("secret-practice", resource.id):
        answer = _read(client, address)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
        assert "Secret practice" not in answer.text


@pytest.mark.parametrize("address", ["nonsense", "%00", "a%00b", "%FF", "..", "%F0%9F%A6%86"])
def test_odd_addresses_are_not_found(client, session, address):
    assert _read(client, address).status_code == 404


def test_what_has_not_changed_is_not_sent_again(client, session):
    resource = a_resource(session)
    etag = _read(client, resource.id).headers["ETag"]

    again = client.get(f"/api/v1/resources/{resource.id}", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")

    resource.revisions[0].title = "Indoor numeracy"
    session.flush()
    changed = client.get(f"/api/v1/resources/{resource.id}", headers={"If-None-Match": etag})
    assert changed.json["title"] == "Indoor numeracy"


def test_a_compressed_answer_is_not_sent_again_either(client, session):
    resource = a_resource(session, body=BODY * 50)
    headers = {"Accept-Encoding": "gzip"}
    first = client.get(f"/api/v1/resources/{resource.id}", headers=headers)
    assert first.headers["Content-Encoding"] == "gzip"

    headers["If-None-Match"] = first.headers["ETag"]
    again = client.get(f"/api/v1/resources/{resource.id}", headers=headers)

    assert again.status_code == 304
