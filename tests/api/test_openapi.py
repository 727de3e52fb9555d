"""The OpenAPI document, docs/api.md and the addresses of the app tell the same."""

import re
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from app.api.endpoints import ENDPOINTS
from app.api.openapi import document
from app.domain.facets import FACETS
from app.faces.search_parameters import RULES, SearchParameters
from tests.builders import a_resource
from tests.content_app import TAXONOMY
from tests.fake_search import a_hit, a_page

DOCUMENT = "/api/v1/openapi.json"
TOLD = (Path(__file__).parent.parent.parent / "docs/api.md").read_text()


@pytest.fixture
def sent(client):
    return client.get(DOCUMENT).json


def test_every_address_of_the_api_is_in_the_document(app, sent):
    served = {
        re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api", "/health"))
    }
    assert served == set(sent["paths"])


def test_the_document_can_be_linked_to(app):
    with app.test_request_context():
        assert app.url_for("api.openapi") == DOCUMENT


def test_every_parameter_and_field_is_told_to_developers(sent):
    parameters = sent["paths"]["/api/v1/search"]["get"]["parameters"]

    assert {p["name"] for p in parameters} == {
        *SearchParameters.model_fields,
        *(facet.name for facet in FACETS),
    }
    assert [p["name"] for p in parameters if f"`{p['name']}`" not in TOLD] == []


def test_every_address_is_told_to_developers():
    assert [e.path for e in ENDPOINTS if f"GET {e.path}" not in TOLD] == []


def test_developers_are_told_of_no_address_that_is_not_there():
    told = set(re.findall(r"GET (/[\w/.<>]+)", TOLD))
    assert told == {endpoint.path for endpoint in ENDPOINTS}


def test_every_field_of_a_hit_and_of_a_resource_is_told_to_developers(sent):
    for name in (
        "SearchAnswer",
        "HitAnswer",
        "ReasonAnswer",
        "ChipAnswer",
        "QuestionAnswer",
        "ReadingAnswer",
        "WayOutAnswer",
        "ResourceAnswer",
        "HealthAnswer",
    ):
        fields = sent["components"]["schemas"][name]["properties"]
        assert [field for field in fields if f"`{field}`" not in TOLD] == []


def test_the_regions_that_a_person_may_work_in_are_in_the_document(sent):
    parameters = {p["name"]: p for p in sent["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert parameters["home"]["schema"]["enum"] == ["", *TAXONOMY.codes("regions")]


def test_every_rule_of_a_parameter_has_its_sentence():
    assert set(RULES) == set(SearchParameters.model_fields)


schema = schemathesis.openapi.from_dict(
    document(ENDPOINTS, TAXONOMY.codes("regions")), config=SchemathesisConfig(seed=7)
)


@pytest.fixture
def app_with_something(app, session, search):
    a_resource(session)
    search.page = a_page(a_hit())
    return app


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_as_the_document_says(case, app_with_something):
    # In one process nothing unpacks what Flask-Compress packs.
    case.call_and_validate(app=app_with_something, headers={"Accept-Encoding": "identity"})
