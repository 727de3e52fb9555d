"""The parameters of a search, for programs: what is odd is told, never guessed at.

The search page is lenient with people's addresses (app/web/search/forms.py); the
API and `flask search find` read the same parameters here, strictly.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from app.domain.errors import InvalidInput
from app.domain.facets import BY_NAME
from app.domain.search import LAST_PAGE, LONGEST_QUERY, MOST_PER_PAGE, MOST_VALUES, PER_PAGE
from app.search.port import SearchQuery, Sort

LONGEST_CODE = 100  # characters
LONGEST_ECHO = 40  # characters of what was sent that a sentence repeats


def _whole(text: object) -> object:
    # As plain as the page reads them: no sign, space, fraction or other script's digits.
    if isinstance(text, str) and not (text.isascii() and text.isdigit()):
        raise ValueError
    return text


def _flag(text: object) -> object:
    return {"0": 0, "1": 1}.get(text) if isinstance(text, str) else text


class SearchParameters(BaseModel):
    """The parameters that may be given once; the facets stand in domain/facets.py."""

    q: str = Field(
        "",
        max_length=LONGEST_QUERY,
        description="Words to find, as people type them: words, “a phrase”, -without, field:word, "
        "prefix*. Odd syntax never fails. None: everything.",
    )
    sort: Sort = Field(Sort.RELEVANCE, description="The order of the hits.")
    page: Annotated[int, BeforeValidator(_whole)] = Field(
        1, ge=1, le=LAST_PAGE, description="Which page of the hits. A page past the last is empty."
    )
    per_page: Annotated[int, BeforeValidator(_whole)] = Field(
        PER_PAGE, ge=1, le=MOST_PER_PAGE, description="Hits to a page."
    )
    exact: Annotated[Literal[0, 1], BeforeValidator(_flag)] = Field(
        0, description="1: search as typed, without correcting the spelling."
    )


RULES: Mapping[str, str] = {
    "q": f"{LONGEST_QUERY} characters at most",
    "sort": f"one of {', '.join(Sort)}",
    "page": f"a whole number from 1 to {LAST_PAGE}",
    "per_page": f"a whole number from 1 to {MOST_PER_PAGE}",
    "exact": "1 or 0",
}


def read_search(pairs: Iterable[tuple[str, str]]) -> SearchQuery:
    """Return what is asked for by (name, value) pairs, as they stand in an address.

    The name of a facet may come several times, and its empty value counts as none;
    every other name may come once.

    Raises:
        InvalidInput: a name is not known or comes twice, or a value cannot be used; the
            message tells of all that is wrong.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    single = {
        name: held[0] for name, held in given.items() if name in SearchParameters.model_fields
    }
    wrong = [*_names(given), *_values(single), *_facets(given)]
    if wrong:
        raise InvalidInput(" ".join(wrong))
    parameters = SearchParameters.model_validate(single)
    return SearchQuery(
        words=" ".join(parameters.q.split()),
        facets={name: codes for name in BY_NAME if (codes := _codes(given.get(name, [])))},
        sort=parameters.sort,
        page=parameters.page,
        per_page=parameters.per_page,
        is_exact=parameters.exact == 1,
    )


def _names(given: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield a sentence for each name that is not known or comes too often."""
    known = [*SearchParameters.model_fields, *BY_NAME]
    for name, values in given.items():
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known)}."
            yield f"There is no parameter “{_echo(name)}”. {hint}"
        elif name not in BY_NAME and len(values) > 1:
            yield f"“{name}” may be given once, not {len(values)} times."


def _values(single: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each parameter that may be given once and cannot be used."""
    try:
        SearchParameters.model_validate(single)
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0])
            yield f"“{name}” must be {RULES[name]}, not “{_echo(single[name])}”."


def _facets(given: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield a sentence for each facet that has too much."""
    for name in BY_NAME:
        values = given.get(name, [])
        if len(values) > MOST_VALUES:
            yield f"“{name}” may have {MOST_VALUES} values at most, not {len(values)}."
        if any(len(value) > LONGEST_CODE for value in values):
            yield f"A value of “{name}” may have {LONGEST_CODE} characters at most."


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _echo(text: str) -> str:
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"
