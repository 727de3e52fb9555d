"""The way of a draft: begun, thrown away, offered, submitted; and its file afterwards."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.domain.audience import Audience
from app.domain.errors import NotAllowed, NotFound, WrongState
from app.domain.people import Role
from app.domain.resources import Kind
from app.domain.workflow import State, Step
from app.formats.resource_files import ReadingRules, read_resource
from app.formats.resource_writing import to_file
from app.models.notifications import Notification
from app.models.resource_content import content_of
from app.models.resources import Resource, Revision
from app.models.reviews import RevisionStep
from app.models.submissions import DraftVersion
from app.services.moving import move
from app.services.submissions import drafts
from app.services.submissions.check import NotReady, find_gaps
from app.services.submissions.draft_fields import body_fields, fields_of
from app.services.submissions.saving import save
from app.services.submissions.standing import find_mine, who_can_see
from tests.builders import a_draft, a_person, a_resource, a_school, actor_for

WHOLE = {
    "title": "Peat and percentages",
    "summary": "Percentages made sense in the peat bank.",
    "section-context": "We are a small school.",
    "section-what-we-did": "We measured peat.",
    "section-how-we-know": "We asked the same five questions twice.",
    "section-impact": "Most start a problem without waiting.",
    "section-contact": "The principal teacher, through the office.",
    "stage": ("p5",),
    "theme": ("numeracy",),
}


@pytest.fixture
def teacher(session):
    return a_person(session)


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def whole(session, taxonomy):
    def write(person, kind=Kind.CASE_STUDY, **more):
        draft = drafts.start(session, actor_for(person), kind)
        save(session, actor_for(person), draft.id, 1, WHOLE | more, taxonomy=taxonomy)
        return draft

    return write


def told(session):
    rows = session.scalars(select(Notification).order_by(Notification.id))
    return [(n.person_id, n.kind, n.path) for n in rows]


def test_a_draft_belongs_where_its_writer_does(session, teacher):
    draft = drafts.start(session, actor_for(teacher), Kind.CASE_STUDY)
    assert (draft.region, draft.authority) == ("tayside", "angus")
    assert draft.school == "Balquhinnie Primary School"
    assert draft.owner_ids == (teacher.id,)
    assert draft.state is State.DRAFT
    assert draft.resource.slug.startswith("draft-")


@pytest.mark.parametrize("role", [Role.AUTHORITY_OFFICER, Role.NATIONAL_READER, Role.ADMINISTRATOR])
def test_who_writes_no_drafts_begins_none(session, role):
    with pytest.raises(NotAllowed):
        drafts.start(session, actor_for(a_person(session, role)), Kind.CASE_STUDY)


def test_a_teacher_offers_a_head_signs_off_and_the_lead_is_told(
    session, head, lead, whole, taxonomy
):
    teacher = a_person(session)
    draft = whole(teacher)
    drafts.offer(session, actor_for(teacher), draft.id)
    assert draft.state is State.WITH_SCHOOL
    assert told(session) == [(head.id, "offered", f"/submissions/{draft.id}")]

    drafts.submit(session, actor_for(head), draft.id, taxonomy)
    assert draft.state is State.SUBMITTED
    assert told(session)[1:] == [
        (lead.id, "submitted", f"/reviews/{draft.id}"),
        (teacher.id, "submitted", f"/submissions/{draft.id}"),
    ]
    assert [step.step for step in draft.steps] == [Step.OFFER, Step.SIGN_OFF]


def test_a_lead_who_submits_is_not_told_of_it(session, lead, whole, taxonomy):
    other = a_person(session, Role.REGIONAL_LEAD)
    drafts.submit(session, actor_for(lead), whole(lead).id, taxonomy)
    assert [person for person, _, _ in told(session)] == [other.id]


def test_a_teacher_does_not_submit(session, teacher, whole, taxonomy):
    with pytest.raises(NotAllowed):
        drafts.submit(session, actor_for(teacher), whole(teacher).id, taxonomy)


def test_an_empty_draft_says_all_that_it_lacks(session, head, taxonomy):
    draft = drafts.start(session, actor_for(head), Kind.PROFESSIONAL_LEARNING)
    assert [gap.field for gap in find_gaps(draft)] == [
        "title",
        "summary",
        "section-what-this-is",
        "section-how-to-use-it",
        "learning_type",
        "stage",
        "area",
    ]
    with pytest.raises(NotReady, match="Enter a title") as refusal:
        drafts.submit(session, actor_for(head), draft.id, taxonomy)
    assert len(refusal.value.gaps) == 7
    assert draft.state is State.DRAFT


def test_long_summaries_and_mute_pictures_are_gaps(head, whole):
    draft = whole(
        head,
        summary="word " * 61,
        **{"section-impact": "![](pictures/a.png) ![A bog](pictures/b.png)"},
    )
    assert [gap.sentence for gap in find_gaps(draft)] == [
        "Shorten the summary to 60 words: it has 61",
        "Describe the picture in “Impact” for those who cannot see it",
    ]


def test_what_may_identify_somebody_is_not_submitted(session, head, whole, taxonomy):
    draft = whole(head, **{"section-contact": "Ask ailsa.invented@school.example"})
    with pytest.raises(NotReady, match="identify"):
        drafts.submit(session, actor_for(head), draft.id, taxonomy)


def test_one_s_own_draft_is_thrown_away_with_all_that_hangs_on_it(session, teacher, head, whole):
    draft = whole(teacher, tags=("peat",))
    drafts.offer(session, actor_for(teacher), draft.id)
    with pytest.raises(NotAllowed, match="who wrote"):
        drafts.discard(session, actor_for(head), draft.id)
    drafts.discard(session, actor_for(teacher), draft.id)
    for table in (Revision, Resource, DraftVersion, RevisionStep):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_what_was_submitted_once_is_not_thrown_away(session, head, lead, whole, taxonomy):
    draft = whole(head)
    drafts.submit(session, actor_for(head), draft.id, taxonomy)
    move(session, actor_for(lead), draft, Step.ASK_FOR_CHANGES, "Say how many were asked.")
    with pytest.raises(WrongState, match="submitted"):
        drafts.discard(session, actor_for(head), draft.id)


def published(session, author, **more):
    actor = actor_for(author)
    return a_resource(
        session,
        author_id=author.id,
        school_id=actor.school_id,
        authority=actor.authority,
        terms={"stage": ("p5",)},
        tags=("peat",),
        **more,
    )


def test_a_new_version_is_written_beside_the_published_one(session, teacher, head, taxonomy):
    resource = published(session, teacher)
    draft = drafts.start_from(session, actor_for(head), resource.slug, taxonomy)
    assert draft.number == 2
    assert draft.owner_ids == (teacher.id,), "it stays whose it is, whoever begins"
    assert content_of(draft) == content_of(resource.published)
    assert resource.published.number == 1
    again = drafts.start_from(session, actor_for(teacher), resource.slug, taxonomy)
    assert again is draft, "one open draft to a resource"


def test_an_older_version_is_restored_as_a_new_one(session, head, taxonomy):
    resource = published(session, head)
    newer = drafts.start_from(session, actor_for(head), resource.slug, taxonomy)
    newer.title = "Newer words"
    resource.published.take(Step.SUPERSEDE)
    session.flush()
    newer.take(Step.SUBMIT)
    newer.take(Step.APPROVE)
    newer.take(Step.PUBLISH)
    session.flush()
    session.expire_all()
    third = drafts.start_from(session, actor_for(head), resource.slug, taxonomy, number=1)
    assert (third.number, third.title) == (3, "Outdoor numeracy")
    with pytest.raises(NotFound):
        drafts.start_from(session, actor_for(head), resource.slug, taxonomy, number=9)


def test_only_those_whose_it_is_write_a_new_version(session, teacher, taxonomy):
    public = published(session, teacher)
    hidden = published(session, teacher, title="Hidden", audience=Audience.REGION)
    other = a_person(session, school=a_school(session, name="Skerrymhor Primary School"))
    far = a_person(session, authority="fife", region="south-east")
    for person in (other, a_person(session, Role.REGIONAL_LEAD)):
        with pytest.raises(NotAllowed):
            drafts.start_from(session, actor_for(person), public.slug, taxonomy)
    with pytest.raises(NotFound):
        drafts.start_from(session, actor_for(far), hidden.slug, taxonomy)


def test_a_draft_that_is_not_one_s_to_see_is_not_shown_but_told_of(session, teacher, taxonomy):
    resource = published(session, teacher)
    draft = drafts.start_from(session, actor_for(teacher), resource.slug, taxonomy)
    draft.author_id, draft.school_id = a_person(session).id, None
    session.flush()
    with pytest.raises(WrongState, match="being prepared") as refusal:
        drafts.start_from(session, actor_for(teacher), resource.slug, taxonomy)
    assert "Invented" not in str(refusal.value)


def test_my_work_is_grouped_and_only_mine(session, teacher, head):
    mine = a_draft(session, teacher, title="One")
    offered = a_draft(session, teacher, title="Two", state=State.WITH_SCHOOL)
    a_draft(session, a_person(session, school=a_school(session, name="Skerrymhor")), title="Three")

    def groups(person):
        found = find_mine(session, actor_for(person))
        return [(g.code, [r.title for r in g.revisions]) for g in found]

    assert groups(teacher) == [("writing", [mine.title]), ("school", [offered.title])]
    assert groups(head) == [("waiting", ["Two"]), ("writing", ["One"])]


def test_who_can_see_a_draft_is_said_as_the_matrix_has_it(session, teacher, taxonomy):
    draft = a_draft(session, teacher, school="Balquhinnie Primary School")
    lines = who_can_see(draft, taxonomy)
    assert lines[0] == "whoever wrote it"
    assert lines[1] == "the headteacher of Balquhinnie Primary School"
    assert lines[2].endswith(", once it is submitted")
    assert len(lines) == 3


words = st.text(max_size=60)
tricky = st.one_of(
    words,
    st.sampled_from(
        ["~", "null", "---", "2020", "yes", "a: b", "# x", "&a", "\\ud800", "a\0b", "a\x0bb",
         "## Context", "```\n## Impact", "\ufeffx", "a\r\nb", "[x]", "{y}", "'", '"', "x,y", "<!--"]
    ),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.fixed_dictionaries(
        {
            **dict.fromkeys(("title", "summary", "evidence_measure", "evidence_cohort"), tricky),
            **dict.fromkeys(("provider", "licence"), st.text(max_size=20)),
        }
    ),
    parts=st.dictionaries(st.sampled_from(body_fields(Kind.CASE_STUDY)), tricky),
    tags=st.lists(tricky, max_size=4),
)
def test_what_the_form_keeps_is_the_same_when_its_file_is_read(
    session, taxonomy, texts, parts, tags
):
    with session.begin_nested() as undone:
        head = a_person(session, Role.HEADTEACHER)
        actor = actor_for(head)
        draft = drafts.start(session, actor, Kind.CASE_STUDY)
        save(session, actor, draft.id, 1, WHOLE, taxonomy=taxonomy)
        sent = {**texts, **parts, "tags": tuple(tags), "stage": ("p7", "p5"), "language": "gd"}
        saved = save(session, actor, draft.id, 2, sent, taxonomy=taxonomy)
        session.expire_all()
        assert saved.clashes == ()
        content = content_of(draft)
        if content.title:
            file = to_file(draft.resource_id, content)
            read = read_resource(file, "", ReadingRules(taxonomy))
            assert read.content == content
            assert to_file(draft.resource_id, read.content) == file
        # What the page shows after saving is what is sent again, and changes nothing.
        version = draft.version
        save(session, actor, draft.id, version, fields_of(draft), taxonomy=taxonomy)
        assert draft.version == version
        undone.rollback()
