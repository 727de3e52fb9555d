"""The OpenAPI document, docs/api.md and the addresses of the app tell the same."""

import re
from pathlib import Path

import pytest

from app.api.endpoints import ENDPOINTS
from app.domain.facets import FACETS
from app.domain.people import VISITOR
from app.domain.permissions import allows
from app.faces.search_parameters import RULES, SearchParameters
from tests.content_app import TAXONOMY

DOCUMENT = "/api/v1/openapi.json"
TOLD = (Path(__file__).parent.parent.parent / "docs/api.md").read_text()


@pytest.fixture
def sent(client):
    return client.get(DOCUMENT).json


def _plain(path):
    """An address as docs/api.md writes it: without what kind of value stands there."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", path)


def test_every_address_of_the_api_is_in_the_document(app, sent):
    served = {
        re.sub(r"<(\w+)>", r"{\1}", _plain(rule.rule))
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
    doors = [f"{e.method} {_plain(e.path)}" for e in ENDPOINTS]
    assert [door for door in doors if f"{door}`" not in TOLD] == []


def test_developers_are_told_of_no_address_that_is_not_there():
    told = set(re.findall(r"((?:GET|POST|PUT|PATCH|DELETE) /[\w/.<>-]+)`", TOLD))
    assert told == {f"{e.method} {_plain(e.path)}" for e in ENDPOINTS}


def test_every_field_that_is_sent_or_taken_is_told_to_developers(sent):
    models = [e.answer for e in ENDPOINTS[5:] if e.answer] + [e.takes for e in ENDPOINTS if e.takes]
    models += [e.query for e in ENDPOINTS if e.query]
    fields = {field for model in models for field in model.model_fields}
    fields |= {f for e in ENDPOINTS for model in e.tells.values() for f in model.model_fields}
    assert sorted(field for field in fields if f"`{field}`" not in TOLD) == []


def test_every_door_says_whether_it_needs_a_token(app, sent):
    for endpoint in ENDPOINTS:
        path = re.sub(r"<(\w+)>", r"{\1}", _plain(endpoint.path))
        operation = sent["paths"][path][endpoint.method.lower()]
        action = app.view_functions[f"api.{endpoint.name}"].action
        assert endpoint.needs_token is not allows(VISITOR, action)
        assert ({} in operation["security"]) is not endpoint.needs_token


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
