"""The OpenAPI 3.1 document, drawn from the table of endpoints and the pydantic models."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from app.api.problems import PROBLEM_JSON, Problem
from app.domain.facets import FACETS, Facet
from app.domain.search import MOST_VALUES
from app.faces.search_parameters import LONGEST_CODE, SearchParameters

Json = Mapping[str, Any]

SCHEMAS = "#/components/schemas/"
INFO = {
    "title": "Good Practice Library",
    "version": "1.0.0",
    "description": "Search and read good practice from Scotland's schools. Read-only; what is "
    "public needs no key.",
    "license": {"name": "MIT", "identifier": "MIT"},
}
# The parts of an address that vary, as in “/resources/<address>”.
PATH_PARTS = {"address": "A resource's permanent id, its slug, or a slug that it had before."}


@dataclass(frozen=True)
class Endpoint:
    """One door of the API. The first line of the view's docstring says what it is for."""

    name: str  # for url_for, after “api.”
    path: str  # as Flask writes it
    view: Callable[..., Response]
    answer: type[BaseModel] | None  # None: any object
    takes_search: bool = False  # the parameters of a search
    problems: tuple[int, ...] = ()  # statuses that come as a problem
    same_answer: tuple[int, ...] = ()  # other statuses that come with the same body
    is_conditional: bool = False  # has an ETag


class _Untitled(GenerateJsonSchema):
    """Schemas without a title to each field: the name says as much."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def document(endpoints: Sequence[Endpoint], regions: Sequence[str]) -> Json:
    """Return the OpenAPI document of these endpoints; `regions` are the codes of the regions."""
    schemas = dict(_schemas(endpoints))
    parameters = schemas.pop(SearchParameters.__name__)["properties"]
    parameters["home"]["enum"] = ["", *regions]
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "paths": {
            _PATH_PART.sub(r"{\1}", endpoint.path): {"get": _operation(endpoint, parameters)}
            for endpoint in endpoints
        },
        "components": {"schemas": schemas},
    }


_PATH_PART = re.compile(r"<(\w+)>")


def _schemas(endpoints: Iterable[Endpoint]) -> Json:
    sent = {endpoint.answer for endpoint in endpoints if endpoint.answer} | {Problem}
    _, held = models_json_schema(
        [
            (SearchParameters, "validation"),
            *((model, "serialization") for model in sorted(sent, key=lambda model: model.__name__)),
        ],
        ref_template=SCHEMAS + "{model}",
        schema_generator=_Untitled,
    )
    schemas: Json = held["$defs"]
    return schemas


def _operation(endpoint: Endpoint, search_parameters: Json) -> Json:
    parameters = [_path_parameter(name) for name in _PATH_PART.findall(endpoint.path)]
    if endpoint.takes_search:
        parameters += [_parameter(name, schema) for name, schema in search_parameters.items()]
        parameters += [_facet_parameter(facet) for facet in FACETS]
    return {
        "operationId": endpoint.name,
        "summary": (endpoint.view.__doc__ or "").partition("\n")[0],
        "parameters": parameters,
        "responses": dict(_responses(endpoint)),
    }


def _responses(endpoint: Endpoint) -> Iterator[tuple[str, Json]]:
    schema = _reference(endpoint.answer) if endpoint.answer else {"type": "object"}
    for status in (200, *endpoint.same_answer):
        yield str(status), _response(status, "application/json", schema)
    if endpoint.is_conditional:
        yield "304", {"description": "Not changed since the ETag in If-None-Match"}
    for status in endpoint.problems:
        yield str(status), _response(status, PROBLEM_JSON, _reference(Problem))
    problem = _response(500, PROBLEM_JSON, _reference(Problem))
    yield "default", {**problem, "description": "Any other problem"}


def _response(status: int, media_type: str, schema: Json) -> Json:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {media_type: {"schema": schema}},
    }


def _reference(model: type[BaseModel]) -> Json:
    return {"$ref": f"{SCHEMAS}{model.__name__}"}


def _path_parameter(name: str) -> Json:
    schema = {"type": "string", "minLength": 1}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": PATH_PARTS[name],
        "schema": schema,
    }


def _parameter(name: str, schema: Json) -> Json:
    return {
        "name": name,
        "in": "query",
        "description": schema["description"],
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
