"""Build on a resource: what is taken over, what is not, and when it is refused."""

import pytest

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.people import VISITOR, Role
from app.domain.workflow import State, Step
from app.formats.resource_files import ReadingRules, read_resource
from app.formats.resource_writing import to_file
from app.models.audit import AuditEntry
from app.models.lineages import Lineage
from app.models.pictures import Picture
from app.models.resource_content import content_of
from app.models.resources import Resource
from app.services.lineages.building import build_on, plan
from app.services.moving import move
from app.services.submissions.check import find_gaps
from app.services.submissions.drafts import discard, start_from
from tests.builders import a_person, a_resource, a_school, actor_for

BODY = (
    "## Context\n\nA small school. ![A map](pictures/map.png)\n\n## What we did\n\nWe talked.\n\n"
    "## How we know\n\nWe asked.\n\n## Impact\n\nMore talk.\n\n![A chart](pictures/chart.png)\n\n"
    "## Contact\n\nThe office of our school.\n"
)


@pytest.fixture
def school(session):
    return a_school(session, "Achvarrich Primary School", "highland", "northern-alliance")


@pytest.fixture
def teacher(session, school):
    return a_person(session, Role.TEACHER, school=school)


@pytest.fixture
def parent(session):
    resource = a_resource(
        session,
        title="Number talks",
        body=BODY,
        summary="We talk about number.",
        authority="angus",
        school="Balquhinnie Primary School",
        licence="CC-BY-4.0",
        terms={"stage": ("p5",)},
        tags=("talk",),
        notice="This is an invented example.",
        evidence_grade="repeated",
    )
    resource.revisions[0].pictures = [
        Picture(name=name, media_type="image/png", sha256=name, data=b"")
        for name in ("map.png", "chart.png")
    ]
    session.flush()
    return resource


@pytest.fixture
def child(session, taxonomy, parent, teacher):
    return build_on(session, actor_for(teacher), taxonomy, "number-talks")


def test_the_draft_starts_from_the_words_at_ones_own_place(session, child, teacher, school):
    assert (child.state, child.number) == (State.DRAFT, 1)
    assert child.title == "Number talks (adapted)"
    assert "We talked." in child.body_markdown
    assert (child.region, child.authority) == ("northern-alliance", "highland")
    assert (child.school, child.school_id) == (school.name, school.id)
    assert child.author_id == teacher.id
    assert [term.code for term in child.terms] == ["p5"]
    assert child.licence == "CC-BY-4.0"
    assert child.resource.slug.startswith("draft-")


def test_what_was_found_there_and_whom_to_ask_there_is_left_out(child):
    for words in ("We asked", "More talk", "office", "Impact", "chart.png"):
        assert words not in child.body_markdown
    assert child.evidence_grade is None
    assert child.attachments == []
    assert (child.published_on, child.review_by) == (None, None)
    assert [picture.name for picture in child.pictures] == ["map.png"]


def test_it_says_what_it_was_built_on(session, child, parent):
    place = "Balquhinnie Primary School, Angus"
    assert child.attribution == f"Built on “Number talks”, {place}, version 1, CC BY 4.0"
    assert child.adapted_from == parent.id
    lineage = session.get(Lineage, child.resource_id)
    assert (lineage.parent_id, lineage.parent_number) == (parent.id, 1)
    entry = session.query(AuditEntry).filter_by(action=AuditAction.BUILT_ON).one()
    assert entry.detail == f"resource:{parent.id}"


def test_the_line_stays_in_the_file_and_comes_back_from_it(child, taxonomy):
    content = content_of(child)
    data = to_file(child.resource_id, content)
    assert f"adapted_from: {child.adapted_from}\n".encode() in data
    read = read_resource(data, "", ReadingRules(taxonomy))
    assert read.content == content
    assert read.problems == ()
    assert to_file(child.resource_id, read.content) == data


def test_it_stays_with_every_later_version(session, taxonomy, child, teacher):
    lead = actor_for(a_person(session, Role.REGIONAL_LEAD, region="northern-alliance"))
    child.state = State.APPROVED
    session.flush()
    move(session, lead, child, Step.PUBLISH)
    session.flush()
    later = start_from(session, actor_for(teacher), child.resource_id, taxonomy)
    assert (later.adapted_from, later.attribution) == (child.adapted_from, child.attribution)


def test_another_licence_keeps_it_from_being_submitted(child):
    assert "licence" not in [gap.field for gap in find_gaps(child)]
    child.licence = "CC0-1.0"
    [gap] = [gap for gap in find_gaps(child) if gap.field == "licence"]
    assert gap.sentence == "Keep the licence of what this was built on: CC BY 4.0"


def test_twice_gives_the_same_draft(session, taxonomy, parent, child, teacher):
    assert build_on(session, actor_for(teacher), taxonomy, parent.id) is child
    colleague = actor_for(a_person(session, Role.TEACHER))
    assert build_on(session, colleague, taxonomy, parent.id) is not child


def test_a_draft_that_is_thrown_away_leaves_no_trace(session, child, teacher):
    resource_id = child.resource_id
    discard(session, actor_for(teacher), child.id)
    assert session.get(Lineage, resource_id) is None
    assert session.get(Resource, resource_id) is None


@pytest.mark.parametrize("licence", [None, "CC-BY-ND-4.0", "Ours"])
def test_a_licence_that_forbids_it_is_told(session, taxonomy, parent, teacher, licence):
    parent.published.licence = licence
    session.flush()
    assert plan(session, actor_for(teacher), "number-talks").problem
    with pytest.raises(InvalidInput, match="Ask the school"):
        build_on(session, actor_for(teacher), taxonomy, "number-talks")


def test_what_is_not_for_everybody_begins_as_narrow_and_without_its_title(
    session, taxonomy, parent, teacher
):
    parent.published.audience = Audience.STAFF
    session.flush()
    child = build_on(session, actor_for(teacher), taxonomy, "number-talks")
    assert child.audience is Audience.STAFF
    assert "Number talks" not in child.attribution
    assert child.attribution.startswith("Built on a resource, Balquhinnie")


def test_only_who_may_read_it_may_build_on_it(session, taxonomy, parent, teacher):
    parent.published.audience = Audience.REGION
    session.flush()
    with pytest.raises(NotFound):
        build_on(session, actor_for(teacher), taxonomy, "number-talks")
    for role in (Role.AUTHORITY_OFFICER, Role.NATIONAL_READER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            build_on(session, actor_for(a_person(session, role)), taxonomy, "number-talks")
    with pytest.raises(NotAllowed):
        plan(session, VISITOR, "number-talks")


def test_a_long_title_is_cut_and_an_adapted_one_kept(session, taxonomy, parent, teacher):
    parent.published.title = "x" * 200
    session.flush()
    child = build_on(session, actor_for(teacher), taxonomy, parent.id)
    assert len(child.title) == 200
    assert child.title.endswith("x (adapted)")
    parent.published.title = "Talks (adapted)"
    session.flush()
    lead = actor_for(a_person(session, Role.REGIONAL_LEAD))
    assert build_on(session, lead, taxonomy, parent.id).title == "Talks (adapted)"
