"""The page of a resource."""

import json
import re

import pytest

from app.domain.audience import Audience
from app.domain.workflow import State
from app.models.pictures import Picture
from app.models.resources import FormerSlug
from tests.builders import a_resource

BODY = "## Context\n\nA *small* school.\n\n## Impact\n\n<script>alert(1)</script>\n"


def test_a_resource_shows_its_words_its_sections_and_where_it_comes_from(client, session):
    a_resource(
        session,
        body=BODY,
        authority="angus",
        school="Ardlaggan Primary School",
        notice="This is an invented example.",
        terms={"stage": ("p5", "p6", "p7"), "theme": ("numeracy",)},
        tags=("number talks",),
    )

    page = client.get("/resources/outdoor-numeracy").text

    assert "A <em>small</em> school." in page
    assert re.search(r'<a href="#context">Context</a>', page)
    assert "Ardlaggan Primary School, Angus, Tayside Regional Improvement Collaborative" in page
    assert "Published" in page
    assert "2 March 2026" in page
    assert "Version 1" in page
    assert "P5 to P7" in page
    assert "This is an invented example." in page
    assert "<script>alert" not in page


def test_machines_read_it_as_a_learning_resource(client, session):
    a_resource(session, terms={"stage": ("p5",)}, licence="CC-BY-4.0")

    page = client.get("/resources/outdoor-numeracy").text

    described = json.loads(re.search(r'application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert described["@type"] == "LearningResource"
    assert described["name"] == "Outdoor numeracy"
    assert described["educationalLevel"] == ["P5"]


def test_a_title_cannot_break_out_of_the_description_for_machines(client, session):
    resource = a_resource(session, summary="</script><script>alert(1)</script>")
    page = client.get(f"/resources/{resource.slug}").text
    assert "<script>alert" not in page


def test_a_former_address_and_the_permanent_one_lead_to_the_present_one(client, session):
    resource = a_resource(session)
    session.add(FormerSlug(slug="old-name", resource_id=resource.id))
    session.flush()

    for address in ("old-name", resource.id):
        answer = client.get(f"/resources/{address}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/resources/outdoor-numeracy"


@pytest.mark.parametrize(
    "more",
    [
        {"state": State.DRAFT},
        {"state": State.SUBMITTED},
        {"state": State.WITHDRAWN, "audience": Audience.STAFF},
        {"state": State.APPROVED},
        {"audience": Audience.STAFF},
        {"audience": Audience.REGION},
    ],
)
def test_what_a_visitor_may_not_read_is_as_if_it_were_not_there(client, session, more):
    resource = a_resource(session, title="Secret practice", **more)

    for address in ("secret-practice", resource.id, "secret-practice.md"):
        answer = client.get(f"/resources/{address}")
        assert answer.status_code == 404
        assert "Secret practice" not in answer.text


def test_it_can_be_taken_away_as_markdown(client, session):
    a_resource(session, body=BODY)

    answer = client.get("/resources/outdoor-numeracy.md")

    assert answer.mimetype == "text/markdown"
    assert answer.headers["Content-Disposition"].endswith("filename=outdoor-numeracy.md")
    assert answer.text.startswith("---\nid: ")
    assert answer.text.endswith(BODY)


def test_similar_resources_stand_below(client, session, index_now):
    a_resource(session, title="Outdoor numeracy", terms={"theme": ("numeracy",)})
    a_resource(session, title="Indoor numeracy", terms={"theme": ("numeracy",)})
    index_now()

    page = client.get("/resources/outdoor-numeracy").text

    assert "Similar resources" in page
    assert "Indoor numeracy" in page


def test_the_page_opens_while_search_is_away(client, session, without_search):
    a_resource(session)
    assert client.get("/resources/outdoor-numeracy").status_code == 200


def _with_picture(session, **more):
    resource = a_resource(session, body="## Context\n\n![A chart](pictures/chart.svg)\n", **more)
    picture = Picture(name="chart.svg", media_type="image/svg+xml", sha256="0" * 64, data=b"<svg/>")
    resource.published.pictures.append(picture)
    session.flush()


def test_a_picture_is_shown_and_may_run_nothing(client, session):
    _with_picture(session)

    assert 'src="/pictures/chart.svg"' in client.get("/resources/outdoor-numeracy").text
    answer = client.get("/pictures/chart.svg")
    assert answer.data == b"<svg/>"
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("more", [{"state": State.DRAFT}, {"audience": Audience.STAFF}])
def test_a_picture_of_what_may_not_be_read_may_not_be_seen(client, session, more):
    resource = a_resource(session, body="## Context\n", **more)
    picture = Picture(name="chart.png", media_type="image/png", sha256="1" * 64, data=b"x")
    resource.revisions[0].pictures.append(picture)
    session.flush()

    assert client.get("/pictures/chart.png").status_code == 404


def test_a_resource_says_who_can_see_it(client, session):
    resource = a_resource(session, title="Seen by all")
    assert "/resources/seen-by-all/audience" in client.get("/resources/seen-by-all").text
    page = client.get(f"/resources/{resource.id}/audience", follow_redirects=True)
    assert "Everybody, signed in or not" in page.text


def test_what_a_visitor_may_not_read_says_nothing_of_who_can(client, session):
    a_resource(session, title="For staff", audience=Audience.STAFF)
    assert client.get("/resources/for-staff/audience").status_code == 404
