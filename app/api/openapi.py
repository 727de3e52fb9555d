"""The OpenAPI 3.1 document, drawn from the table of endpoints and the pydantic models."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from app.api.endpoint import Endpoint
from app.api.problems import PROBLEM_JSON, Problem
from app.domain.facets import FACETS, Facet
from app.domain.search import MOST_VALUES
from app.faces.row_numbers import LARGEST
from app.faces.search_parameters import LONGEST_CODE, SearchParameters

Json = Mapping[str, Any]

SCHEMAS = "#/components/schemas/"
INFO = {
    "title": "Good Practice Library",
    "version": "1.1.0",
    "description": "Search and read good practice from Scotland's schools; write, submit and "
    "review it with a token. What is public needs none.",
    "license": {"name": "MIT", "identifier": "MIT"},
}
SCHEME = "person"
SECURITY_SCHEMES = {
    SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that a person made at /account/tokens. It acts for them, within "
        "what they chose for it, and never beyond what their role may do.",
    }
}
_ID = {"type": "integer", "minimum": 1, "maximum": LARGEST}
_TEXT = {"type": "string", "minLength": 1}
# The parts of an address that vary, as in “/resources/<address>”.
PATH_PARTS: Mapping[str, tuple[str, Json]] = {
    "address": ("A permanent id, a slug, or a slug that it had before.", _TEXT),
    "resource_id": ("A resource's permanent id.", _TEXT),
    "revision_id": ("The id of a submission.", _ID),
    "slug": ("The slug of a tag; one that was merged leads to the tag that is kept.", _TEXT),
    "change_id": ("The id of a change of a tag.", _ID),
    "comment_id": ("The id of a comment.", _ID),
    "share_id": ("The id of a share.", _ID),
    "link_id": ("The id of a secret link.", _ID),
    "adoption_id": ("The id of a try.", _ID),
    "follow_id": ("The id of something followed.", _ID),
    "thing_id": ("The permanent id of a resource or a collection.", _TEXT),
}


class _Untitled(GenerateJsonSchema):
    """Schemas without a title to each field: the name says as much."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def document(endpoints: Sequence[Endpoint], regions: Sequence[str]) -> Json:
    """Return the OpenAPI document of these endpoints; `regions` are the codes of the regions."""
    schemas = dict(_schemas(endpoints))
    schemas[SearchParameters.__name__]["properties"]["home"]["enum"] = ["", *regions]
    paths: dict[str, dict[str, Json]] = {}
    for endpoint in endpoints:
        at = paths.setdefault(_PATH_PART.sub(r"{\1}", endpoint.path), {})
        at[endpoint.method.lower()] = _operation(endpoint, schemas)
    for model in _asked_by_address(endpoints):
        del schemas[model.__name__]
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY_SCHEMES},
    }


_PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")


def _asked_by_address(endpoints: Iterable[Endpoint]) -> set[type[BaseModel]]:
    return {endpoint.query for endpoint in endpoints if endpoint.query} | {SearchParameters}


def _schemas(endpoints: Sequence[Endpoint]) -> Json:
    sent = {endpoint.answer for endpoint in endpoints if endpoint.answer} | {Problem}
    sent |= {model for endpoint in endpoints for model in endpoint.tells.values()}
    taken = {endpoint.takes for endpoint in endpoints if endpoint.takes}
    taken |= _asked_by_address(endpoints)
    modes: Mapping[JsonSchemaMode, set[type[BaseModel]]] = {
        "validation": taken,
        "serialization": sent,
    }
    _, held = models_json_schema(
        [
            (model, mode)
            for mode, models in modes.items()
            for model in sorted(models, key=lambda model: model.__name__)
        ],
        ref_template=SCHEMAS + "{model}",
        schema_generator=_Untitled,
    )
    schemas: Json = held["$defs"]
    return schemas


def _operation(endpoint: Endpoint, schemas: Json) -> Json:
    parameters = [_path_parameter(name) for name in _PATH_PART.findall(endpoint.path)]
    query = SearchParameters if endpoint.takes_search else endpoint.query
    if query is not None:
        properties: Json = schemas[query.__name__]["properties"]
        parameters += [_parameter(name, schema) for name, schema in properties.items()]
    if endpoint.takes_search:
        parameters += [_facet_parameter(facet) for facet in FACETS]
    operation = {
        "operationId": endpoint.name,
        "summary": (endpoint.view.__doc__ or "").partition("\n")[0],
        "parameters": parameters,
        "security": [{SCHEME: []}] if endpoint.needs_token else [{}, {SCHEME: []}],
        "responses": dict(_responses(endpoint)),
    }
    if endpoint.takes is not None:
        content = {"application/json": {"schema": _reference(endpoint.takes)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _responses(endpoint: Endpoint) -> Iterator[tuple[str, Json]]:
    schema = _reference(endpoint.answer) if endpoint.answer else {"type": "object"}
    for status in (endpoint.status, *endpoint.same_answer):
        yield str(status), _response(status, "application/json", schema)
    if endpoint.is_conditional:
        yield "304", {"description": "Not changed since the ETag in If-None-Match"}
    for status in endpoint.all_problems:
        model = endpoint.tells.get(status, Problem)
        yield str(status), _response(status, PROBLEM_JSON, _reference(model))
    problem = _response(500, PROBLEM_JSON, _reference(Problem))
    yield "default", {**problem, "description": "Any other problem"}


def _response(status: int, media_type: str, schema: Json) -> Json:
    told: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if status != HTTPStatus.NO_CONTENT:
        told["content"] = {media_type: {"schema": schema}}
    if status == HTTPStatus.CREATED:
        where = {"description": "Where it is to be had.", "schema": {"type": "string"}}
        told["headers"] = {"Location": {"required": True, **where}}
    return told


def _reference(model: type[BaseModel]) -> Json:
    return {"$ref": f"{SCHEMAS}{model.__name__}"}


def _path_parameter(name: str) -> Json:
    description, schema = PATH_PARTS[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
    }


def _parameter(name: str, schema: Json) -> Json:
    return {
        "name": name,
        "in": "query",
        "description": schema.get("description", ""),
        "schema": {key: value for key, value in schema.items() if key != "description"},
    }


def _facet_parameter(facet: Facet) -> Json:
    codes = f"codes of the vocabulary {facet.vocabulary}" if facet.vocabulary else "four digits"
    return {
        "name": facet.name,
        "in": "query",
        "description": f"{facet.plural} to keep to: {codes}. May be repeated; any of them counts.",
        "schema": {
            "type": "array",
            "items": {"type": "string", "maxLength": LONGEST_CODE},
            "maxItems": MOST_VALUES,
        },
    }
