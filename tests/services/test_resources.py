"""Reading a resource: who may, under which address."""

import pytest

from app.domain.audience import Audience
from app.domain.errors import NotFound
from app.domain.people import OPERATOR, VISITOR, Role
from app.models.resources import FormerSlug
from app.services import resources
from tests.builders import a_resource, an_actor


@pytest.mark.parametrize(
    ("actor", "audience", "may"),
    [
        (VISITOR, Audience.PUBLIC, True),
        (VISITOR, Audience.STAFF, False),
        (VISITOR, Audience.REGION, False),
        (an_actor(Role.TEACHER, region="tayside"), Audience.STAFF, True),
        (an_actor(Role.TEACHER, region="tayside"), Audience.REGION, True),
        (an_actor(Role.TEACHER, region="south-east"), Audience.REGION, False),
        (an_actor(Role.NATIONAL_READER), Audience.REGION, False),
        (OPERATOR, Audience.REGION, True),
    ],
)
def test_who_may_read_what(session, actor, audience, may):
    resource = a_resource(session, audience=audience, region="tayside")

    if may:
        assert resources.read(session, actor, resource.slug) is resource
    else:
        with pytest.raises(NotFound):
            resources.read(session, actor, resource.slug)


def test_a_slug_in_use_goes_before_the_same_slug_in_anothers_past(session):
    old = a_resource(session, title="Moved on")
    new = a_resource(session, title="Outdoor numeracy")
    session.add(FormerSlug(slug="outdoor-numeracy", resource_id=old.id))
    session.flush()

    assert resources.read(session, VISITOR, "outdoor-numeracy") is new


def test_terms_keep_the_authors_order(session):
    resource = a_resource(session, terms={"stage": ("p6", "p5"), "theme": ("pef",)})
    assert resources.terms_of(resource) == {"stage": ["p6", "p5"], "theme": ["pef"]}


def test_a_heading_that_only_repeats_the_title_is_left_out(session):
    resource = a_resource(session, title="Number talks", body="# Number talks\n\n## Context\n")
    rendered = resources.render(resource, picture_url=lambda name: name)
    assert [section.text for section in rendered.sections] == ["Context"]
    assert "Number talks" not in rendered.html
