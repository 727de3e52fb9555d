"""The parameters of a search, for programs: what is odd is told, never guessed at.

The search page is lenient with people's addresses (app/web/search/forms.py); the
API and `flask search find` read the same parameters here, strictly.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from app.domain.errors import InvalidInput
from app.domain.facets import BY_NAME
from app.domain.search import (
    LAST_PAGE,
    LONGEST_PLAIN,
    LONGEST_QUERY,
    MOST_PER_PAGE,
    MOST_PLAIN,
    MOST_VALUES,
    PER_PAGE,
)
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
    """The parameters; the facets, which may be given too, stand in domain/facets.py."""

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
    plain: list[Annotated[str, Field(max_length=LONGEST_PLAIN)]] = Field(
        [],
        max_length=MOST_PLAIN,
        description="Words of the query to search as typed, whatever they are understood as: what "
        "a chip of the answer calls `typed`. May be repeated.",
    )
    home: str = Field(
        "", description="The code of the region that the person works in. Empty: not known."
    )
    outward: Annotated[Literal[0, 1], BeforeValidator(_flag)] = Field(
        1,
        description="1: among hits that fit equally well, let some of other regions than `home` "
        "stand on the first page. 0: the plain order.",
    )


RULES: Mapping[str, str] = {
    "q": f"{LONGEST_QUERY} characters at most",
    "sort": f"one of {', '.join(Sort)}",
    "page": f"a whole number from 1 to {LAST_PAGE}",
    "per_page": f"a whole number from 1 to {MOST_PER_PAGE}",
    "exact": "1 or 0",
    "plain": f"given {MOST_PLAIN} times at most, with {LONGEST_PLAIN} characters at most",
    "home": "the code of a region",
    "outward": "1 or 0",
}
REPEATED = frozenset({"plain"})  # besides the facets


def read_search(pairs: Iterable[tuple[str, str]], regions: Collection[str]) -> SearchQuery:
    """Return what is asked for by (name, value) pairs, as they stand in an address.

    The name of a facet, or `plain`, may come several times, and its empty value counts as
    none; every other name may come once. `regions` are the codes that `home` may have.

    Raises:
        InvalidInput: a name is not known or comes twice, or a value cannot be used; the
            message tells of all that is wrong.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    held: dict[str, str | list[str]] = {
        name: values if name in REPEATED else values[0]
        for name, values in given.items()
        if name in SearchParameters.model_fields
    }
    wrong = [*_names(given), *_values(held), *_home(held, regions), *_facets(given)]
    if wrong:
        raise InvalidInput(" ".join(wrong))
    return _query(SearchParameters.model_validate(held), given)


def _query(parameters: SearchParameters, given: Mapping[str, list[str]]) -> SearchQuery:
    return SearchQuery(
        words=_tidy(parameters.q),
        facets={name: codes for name in BY_NAME if (codes := _once(given.get(name, [])))},
        sort=parameters.sort,
        page=parameters.page,
        per_page=parameters.per_page,
        is_exact=parameters.exact == 1,
        plain=_once(map(_tidy, parameters.plain)),
        home=parameters.home,
        is_outward=parameters.outward == 1,
    )


def _names(given: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield a sentence for each name that is not known or comes too often."""
    known = [*SearchParameters.model_fields, *BY_NAME]
    for name, values in given.items():
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known)}."
            yield f"There is no parameter “{_echo(name)}”. {hint}"
        elif name not in REPEATED and name not in BY_NAME and len(values) > 1:
            yield f"“{name}” may be given once, not {len(values)} times."


def _values(held: Mapping[str, str | list[str]]) -> Iterator[str]:
    """Yield a sentence for each parameter, other than a facet, that cannot be used."""
    try:
        SearchParameters.model_validate(held)
    except ValidationError as error:
        # A list may have many odd values: one sentence is enough.
        for name in dict.fromkeys(str(problem["loc"][0]) for problem in error.errors()):
            value = held[name]
            but = f", not “{_echo(value)}”" if isinstance(value, str) else ""
            yield f"“{name}” must be {RULES[name]}{but}."


def _home(held: Mapping[str, str | list[str]], regions: Collection[str]) -> Iterator[str]:
    home = str(held.get("home", ""))
    if home and home not in regions:
        yield (f"“home” must be {RULES['home']} ({', '.join(regions)}), not “{_echo(home)}”.")


def _facets(given: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield a sentence for each facet that has too much."""
    for name in BY_NAME:
        values = given.get(name, [])
        if len(values) > MOST_VALUES:
            yield f"“{name}” may have {MOST_VALUES} values at most, not {len(values)}."
        if any(len(value) > LONGEST_CODE for value in values):
            yield f"A value of “{name}” may have {LONGEST_CODE} characters at most."


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _echo(text: str) -> str:
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"
