"""Saving drafts: nothing that either of two people wrote is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed, NotFound, WrongState
from app.domain.moments import utc_now
from app.domain.people import Role
from app.domain.resources import Kind
from app.domain.workflow import State
from app.models.submissions import DraftVersion
from app.services.submissions import saving
from app.services.submissions.draft_fields import fields_of
from app.services.submissions.drafts import start
from app.services.submissions.tidying import FieldsRefused
from tests.builders import a_draft, a_person, a_school, actor_for


@pytest.fixture
def teacher(session):
    return a_person(session, name="Ailsa Invented")


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, name="Rory Invented")


@pytest.fixture
def save(session, taxonomy):
    def save(person, revision, base, **fields):
        sent = {name.replace("__", "-"): value for name, value in fields.items()}
        return saving.save(session, actor_for(person), revision.id, base, sent, taxonomy=taxonomy)

    return save


def test_what_is_sent_is_saved_and_the_rest_stays(session, teacher, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)

    save(teacher, draft, 1, title="  Peat and\npercentages ", section__context="We are small.")
    saved = save(teacher, draft, 2, stage=("p5", "p6"), tags=("peat", "", "peat"))

    assert saved.clashes == ()
    assert draft.version == 3
    assert draft.title == "Peat and percentages"
    assert draft.body_markdown == "## Context\n\nWe are small.\n"
    assert [(t.facet, t.code) for t in draft.terms] == [("stage", "p5"), ("stage", "p6")]
    assert [t.tag for t in draft.tags] == ["peat"]


def test_saving_the_same_again_makes_no_version(session, teacher, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    save(teacher, draft, 1, title="Peat")
    save(teacher, draft, 2, title="Peat")
    save(teacher, draft, 1, title="Peat")
    assert draft.version == 2


def test_terms_and_tags_may_change_their_order_and_go(session, teacher, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    save(teacher, draft, 1, stage=("p5", "p6"), theme=("numeracy",), tags=("a", "b"))
    save(teacher, draft, 2, stage=("p6", "p5", "p7"), tags=("b",))
    session.expire_all()
    values = fields_of(draft)
    assert values["stage"] == ("p6", "p5", "p7")
    assert values["theme"] == ("numeracy",)
    assert values["tags"] == ("b",)


def test_words_that_nobody_touched_stay_to_the_byte(session, teacher, save):
    body = "Lead.\n\n\n##   context\nText  \n\n## Elsewhere\n\nMore\n"
    draft = a_draft(session, teacher, body=body)
    save(teacher, draft, 1, title="Another title", section__context="Text  ")
    assert draft.body_markdown == body


def test_two_who_write_in_different_sections_are_merged(session, teacher, head, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    save(head, draft, 1, section__impact="They ask more.")
    saved = save(teacher, draft, 1, section__context="We are small.", section__impact="")

    assert saved.clashes == ()
    assert saved.merged_from == ("Rory Invented",)
    assert saved.taken_over == ("section-impact",)
    assert fields_of(draft)["section-context"] == "We are small."
    assert fields_of(draft)["section-impact"] == "They ask more."


def test_a_clash_leaves_theirs_saved_and_gives_mine_back(session, teacher, head, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    save(head, draft, 1, section__impact="They ask more.")
    saved = save(teacher, draft, 1, section__impact="They ask less.", title="Peat")

    (clash,) = saved.clashes
    assert (clash.field, clash.mine, clash.theirs) == (
        "section-impact",
        "They ask less.",
        "They ask more.",
    )
    assert saved.values["section-impact"] == "They ask less."
    assert saved.values["title"] == "Peat"
    assert fields_of(draft)["section-impact"] == "They ask more."

    settled = save(teacher, draft, draft.version, section__impact="They ask other things.")
    assert settled.clashes == ()
    assert fields_of(draft)["section-impact"] == "They ask other things."


def test_a_base_that_is_kept_no_longer_overwrites_nothing(session, teacher, head, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    save(head, draft, 1, title="Peat")
    session.delete(session.scalars(select(DraftVersion).where(DraftVersion.version == 1)).one())
    session.flush()
    saved = save(teacher, draft, 1, title="Turf")
    assert [clash.field for clash in saved.clashes] == ["title"]
    assert draft.title == "Peat"


def test_old_versions_go_and_who_wrote_them_does_not(session, teacher, head, save, monkeypatch):
    monkeypatch.setattr(saving, "MOST_VERSIONS", 3)
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    save(head, draft, 1, title="Draft 1")
    for count in range(2, 7):
        save(teacher, draft, count, title=f"Draft {count}")
    kept = select(DraftVersion.version).order_by(DraftVersion.version)
    assert session.scalars(kept).all() == [1, 2, 3, 4, 5, 6, 7], "all of the last days"

    for version in session.scalars(select(DraftVersion)):
        version.saved_at = utc_now() - timedelta(days=8)
    save(teacher, draft, 7, title="The last")
    assert session.scalars(kept).all() == [2, 6, 7, 8], "the newest, and the head's only one"


def test_nobody_else_writes_in_a_draft(session, teacher, save):
    draft = start(session, actor_for(teacher), Kind.CASE_STUDY)
    elsewhere = a_school(session, name="Skerrymhor Primary School")
    for other in (
        a_person(session),
        a_person(session, Role.HEADTEACHER, school=elsewhere),
        a_person(session, Role.REGIONAL_LEAD),
        a_person(session, Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotFound):
            save(other, draft, 1, title="Mine now")


def test_a_lead_who_may_read_what_was_submitted_does_not_write_in_it(session, teacher, save):
    draft = a_draft(session, teacher, state=State.CHANGES_WANTED)
    lead = a_person(session, Role.REGIONAL_LEAD)
    with pytest.raises(NotAllowed):
        save(lead, draft, 1, title="Mine now")


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.DECLINED])
def test_what_waits_for_a_decision_cannot_be_changed(session, teacher, save, state):
    draft = a_draft(session, teacher, state=state)
    with pytest.raises(WrongState, match="cannot be changed now"):
        save(teacher, draft, 1, title="Better")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 201, "limit is 200"),
        ("stage", ("p99",), "cannot be chosen"),
        ("audience", "pupils", "Choose who may read"),
        ("language", "English!", "code"),
        ("duration_minutes", "0", "whole number"),
        ("duration_minutes", "٣", "whole number"),
        ("evidence_grade", "superb", "cannot be chosen"),
        ("tags", ("x" * 101,), "over 100"),
        ("authority", "fife", "follows from the school"),
        ("region", "south-east", "no field"),
        ("school", "Another School", "no field"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(session, save, field, value, sentence):
    teacher = a_person(session)
    draft = start(session, actor_for(teacher), Kind.PROFESSIONAL_LEARNING)
    with pytest.raises(FieldsRefused, match=sentence) as refusal:
        save(teacher, draft, 1, **{field: value})
    assert set(refusal.value.problems) == {field}
    assert draft.version == 1


def test_a_lead_chooses_an_authority_of_the_region(session, save):
    lead = a_person(session, Role.REGIONAL_LEAD)
    draft = start(session, actor_for(lead), Kind.PROFESSIONAL_LEARNING)
    save(lead, draft, 1, authority="angus")
    assert draft.authority == "angus"
    with pytest.raises(FieldsRefused, match="your region"):
        save(lead, draft, 2, authority="shetland-islands")
