"""Whatever anybody sends at any door: no fault, the answer as documented, and nothing leaks.

Schemathesis makes the requests from our own OpenAPI document, for a program of every role; half
of them are about things that exist, by their numbers, and some of those nobody here may know of.
"""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app import db
from app.api.endpoints import ENDPOINTS
from app.api.openapi import document
from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.workflow import State
from tests.builders import a_draft, a_person, a_resource, a_school
from tests.content_app import TAXONOMY
from tests.fake_search import FakeSearch, a_hit, a_page, searching_with
from tests.world import a_world

SECRET = "Zorrilla"  # stands in everything that none of the askers may know of
EXAMPLES = 2  # of each door, each sent by a program of every role


def _without_security():
    """Our document, but for the tokens: these tests show those themselves."""
    told = json.loads(json.dumps(document(ENDPOINTS, TAXONOMY.codes("regions"))))
    del told["components"]["securitySchemes"]
    for operations in told["paths"].values():
        for operation in operations.values():
            del operation["security"]
    return _without_large_limits(told)


def _without_large_limits(told):
    """The same, made quick to follow: texts that are too long have tests of their own."""
    if isinstance(told, list):
        return [_without_large_limits(one) for one in told]
    if not isinstance(told, dict):
        return told
    large = {"pattern", "maxLength", "maxItems", "maxProperties"}
    kept = {name for name in told if name not in large}
    return {name: _without_large_limits(told[name]) for name in told if name in kept}


schema = schemathesis.openapi.from_dict(_without_security(), config=SchemathesisConfig(seed=7))


def _hide(session):
    """Make what nobody may know of who is at school in Tayside; return its numbers and slugs."""
    far = a_school(session, "Invented Links Primary School", "fife", "south-east")
    head = a_person(session, Role.HEADTEACHER, school=far)
    states = (State.DRAFT, State.WITH_SCHOOL, State.SUBMITTED, State.APPROVED, State.WITHDRAWN)
    drafts = [
        a_draft(session, head, state=state, title=f"{SECRET} {state}", audience=Audience.REGION)
        for state in states
    ]
    kept = a_resource(
        session, title=f"{SECRET} kept", audience=Audience.REGION, region="south-east"
    )
    return [draft.id for draft in drafts], [kept.id, *(draft.resource_id for draft in drafts)]


@pytest.fixture(scope="module")
def hidden_world(app, engine):
    with a_world(app, engine) as world, searching_with(app, FakeSearch()) as search:
        search.page = a_page(a_hit())
        with db.new_session() as session:
            numbers, addresses = _hide(session)
            session.commit()
        numbers += [thing.values["revision_id"] for thing in world.drafts]
        addresses += [thing.values["address"] for thing in world.resources]
        yield world, {"revision_id": numbers, "address": addresses}


def _ask_of_what_exists(case, known):
    """Let every other request be about something that there is."""
    for name, there in known.items():
        asked = case.path_parameters.get(name)
        if asked is not None and len(str(asked)) % 2:
            case.path_parameters[name] = there[sum(map(ord, str(asked))) % len(there)]


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_is_answered_as_documented_and_tells_no_secret(case, hidden_world):
    world, known = hidden_world
    _ask_of_what_exists(case, known)
    for asker in world.askers:
        undone = world.connection.begin_nested()
        try:
            # In one process nothing unpacks what Flask-Compress packs.
            headers = {"Accept-Encoding": "identity", **asker.token}
            answer = case.call(app=world.app, headers=headers)
        finally:
            undone.rollback()
        # Rules that only a person could keep to, such as who may what, no schema can say.
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])
        if asker.actor.role is not Role.ADMINISTRATOR:  # who may read what is for any region
            assert SECRET not in answer.text
