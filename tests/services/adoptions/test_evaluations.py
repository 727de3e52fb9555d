"""An external evaluation is recorded by a reviewer with its source, and can be removed."""

import pytest
from sqlalchemy import select

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.errors import NotAllowed, NotFound
from app.domain.evidence import Rung
from app.domain.people import VISITOR, Role
from app.models.audit import AuditEntry
from app.services.adoptions import evaluations
from app.services.adoptions.evaluations import Found
from app.services.adoptions.reading import read_tried
from app.services.adoptions.saying import FieldRefused
from tests.builders import a_person, a_resource, actor_for

GOOD = Found("Number talks: a study", "An invented university", "https://study.example/1")


@pytest.fixture
def lead(session):
    return actor_for(a_person(session, Role.REGIONAL_LEAD))


def test_it_stands_above_all_and_removed_the_records_count_again(session, resource, lead):
    evaluation = evaluations.evaluate(session, lead, resource, GOOD)
    assert read_tried(session, VISITOR, resource).rung is Rung.EXTERNALLY_EVALUATED

    evaluations.remove(session, lead, resource, evaluation.id)
    assert read_tried(session, VISITOR, resource).rung is Rung.TRIED_ONCE
    actions = [entry.action for entry in session.scalars(select(AuditEntry))]
    assert actions == [AuditAction.EVALUATION_RECORDED, AuditAction.EVALUATION_REMOVED]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.HEADTEACHER, {}),
        (Role.ADMINISTRATOR, {}),
        (Role.REGIONAL_LEAD, {"region": "south-east"}),
    ],
)
def test_only_the_leads_of_its_region_record_one(session, resource, role, place):
    actor = actor_for(a_person(session, role, **place))
    with pytest.raises(NotAllowed):
        evaluations.evaluate(session, actor, resource, GOOD)


def test_nobody_has_their_own_work_evaluated(session):
    lead = a_person(session, Role.REGIONAL_LEAD)
    own = a_resource(session, title="A lead's own", author_id=lead.id)
    with pytest.raises(NotAllowed):
        evaluations.evaluate(session, actor_for(lead), own, GOOD)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "www.study.example",
        "//study.example",
        "https://",
        "https://study",
        "http://[::1",
        "javascript:alert(1)",
        "https://study.example/a b",
        "A study of 2021",
        "Somebody said that it was good",
        "x" * 1001,
    ],
)
def test_without_a_source_that_can_be_followed_there_is_none(session, resource, lead, source):
    with pytest.raises(FieldRefused) as refused:
        evaluations.evaluate(session, lead, resource, Found("A study", "A body", source))
    assert refused.value.field == "source"


@pytest.mark.parametrize(
    "source", ["http://study.example", "Invented Foundation (2021) Improving mathematics"]
)
def test_a_source_is_an_address_or_a_citation_with_its_year(session, resource, lead, source):
    told = Found("A study", "A body", source)
    assert evaluations.evaluate(session, lead, resource, told).source == source


def test_one_of_another_resource_cannot_be_reached(session, resource, lead):
    other = a_resource(session, title="Another")
    evaluation = evaluations.evaluate(session, lead, other, GOOD)
    with pytest.raises(NotFound):
        evaluations.remove(session, lead, resource, evaluation.id)


def test_what_a_lead_may_not_read_is_not_there(session, lead):
    far = a_resource(session, title="Far", region="south-east", audience=Audience.REGION)
    with pytest.raises(NotFound):
        evaluations.evaluate(session, lead, far, GOOD)
