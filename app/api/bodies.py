"""What a program sends, read strictly: each thing that is wrong is told in a plain sentence."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from app.domain.errors import InvalidInput

JSON = "application/json"
LARGEST_BODY = 1024 * 1024  # bytes: a draft whose every section is as long as it may be
LONGEST_ECHO = 40  # characters of what was sent that a sentence repeats
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no text with one

Text = Annotated[str, Field(pattern=NO_NUL)]
Known = TypeVar("Known", bound=BaseModel)


class Body(BaseModel):
    """A body with its fields, no others, each of its own kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Parameters(BaseModel):
    """The parameters behind a question mark, each once and no others."""

    model_config = ConfigDict(extra="forbid")


class Refused(InvalidInput):
    """Some of what was sent cannot be used; `problems` are pairs of a field and a sentence."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in problems))
        self._problems = tuple(problems)

    @property
    def more(self) -> Mapping[str, object]:
        """What is the matter, field by field."""
        return {"fields": [{"field": f, "sentence": s} for f, s in self._problems]}


def read_body(model: type[Known]) -> Known:
    """Return the body of the request.

    Raises:
        UnsupportedMediaType: it does not come as JSON.
        RequestEntityTooLarge: it is too large.
        Refused: it cannot be used; all that is wrong is told.
    """
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    request.max_content_length = LARGEST_BODY
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise Refused(list(_problems(error, model))) from None


def read_parameters(model: type[Known]) -> Known:
    """Return the parameters in the address of the request.

    Raises:
        Refused: one is unknown, given twice, or cannot be used.
    """
    given = request.args.to_dict(flat=False)
    twice = [(n, f"“{_echo(n)}” may be given once.") for n, v in given.items() if len(v) > 1]
    try:
        read = model.model_validate({name: values[0] for name, values in given.items()})
    except ValidationError as error:
        raise Refused([*_problems(error, model), *twice]) from None
    if twice:
        raise Refused(twice)
    return read


def _problems(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield each field with the first thing that is the matter with it."""
    told = set()
    for problem in error.errors(include_url=False, include_input=False):
        place = [str(part) for part in problem["loc"]]
        # A value that may be a text or a list fails as each of them: one sentence is enough.
        field = ".".join(place[:2]) if place[:1] == ["fields"] else ".".join(place[:1])
        if field in told:
            continue
        told.add(field)
        yield field, _sentence(field, problem["type"], problem.get("ctx", {}), model)


def _sentence(field: str, kind: str, limits: Mapping[str, Any], model: type[BaseModel]) -> str:
    named = f"“{_echo(field)}”"
    if kind == "json_invalid":
        return "The body is no JSON in UTF-8."
    if not field:
        return str(limits.get("error", "The body must be a JSON object with named fields."))
    if kind == "missing":
        return f"{named} is missing."
    if kind == "extra_forbidden":
        near = get_close_matches(field.lower(), model.model_fields, n=1)
        hint = (
            f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(model.model_fields)}."
        )
        return f"There is no “{_echo(field)}”. {hint}"
    rule = _RULES.get(kind)
    return f"{named} {rule.format_map(limits)}." if rule else f"{named} cannot be used as it is."


_MOMENT = "must be a moment with its zone, such as 2027-08-17T09:00:00+01:00"
_RULES: Mapping[str, str] = {
    "string_type": "must be a text",
    "string_pattern_mismatch": "has a character (NUL) that no text can have",
    "string_too_long": "may have {max_length} characters at most",
    "too_long": "may have {max_length} entries at most",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object with named fields",
    "model_type": "must be an object with named fields",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "enum": "must be one of {expected}",
    "literal_error": "must be one of {expected}",
    "timezone_aware": _MOMENT,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "value_error": "{error}",
}


def _echo(text: str) -> str:
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"
