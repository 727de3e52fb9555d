"""The address of a search, read and written: parameters ⇄ what is asked of the service."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from app.domain.facets import BY_NAME, FACETS
from app.domain.search import LAST_PAGE, LONGEST_QUERY, MOST_PER_PAGE, MOST_VALUES, PER_PAGE
from app.search.port import SearchQuery, Sort


@dataclass(frozen=True)
class SearchForm:
    """What someone asked for, as it stands in the page's address. Odd values become the default."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE
    is_exact: bool = False

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Self:
        """Read the parameters `q`, `sort`, `page`, `per_page`, `exact` and the facets' names."""
        return cls(
            words=" ".join(args.get("q", "").split()),
            facets={name: values for name in BY_NAME if (values := _values(args, name))},
            sort=_sort(args.get("sort", "")),
            page=_whole(args.get("page", ""), 1, LAST_PAGE),
            per_page=_whole(args.get("per_page", ""), PER_PAGE, MOST_PER_PAGE),
            is_exact=args.get("exact") == "1",
        )

    def query(self) -> SearchQuery:
        """Return the query for the service, within its limits."""
        return SearchQuery(
            words=self.words[:LONGEST_QUERY],
            facets=self.facets,
            sort=self.sort,
            page=self.page,
            per_page=self.per_page,
            is_exact=self.is_exact,
        )

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Every chosen facet value as (facet name, code), in the page's order."""
        return [(f.name, code) for f in FACETS for code in self.facets.get(f.name, ())]

    def url(self, words: str | None = None, page: int = 1, is_exact: bool | None = None) -> str:
        """Return the address of this search, on its first page, with what is given changed."""
        return replace(
            self,
            words=self.words if words is None else words,
            page=page,
            is_exact=self.is_exact if is_exact is None else is_exact,
        )._url()

    def url_without(self, facet: str, code: str) -> str:
        """Return the address of this search without one facet value."""
        left = tuple(c for c in self.facets.get(facet, ()) if c != code)
        return replace(self, page=1, facets={**self.facets, facet: left})._url()

    def url_without_facets(self) -> str:
        """Return the address of this search without any facet value."""
        return replace(self, page=1, facets={})._url()

    def _url(self) -> str:
        parameters = urlencode(list(self._parameters()))
        return url_for("search.index") + ("?" + parameters if parameters else "")

    def _parameters(self) -> Iterator[tuple[str, str]]:
        if self.words:
            yield "q", self.words
        for name, codes in self.facets.items():
            yield from ((name, code) for code in codes)
        if self.sort is not Sort.RELEVANCE:
            yield "sort", str(self.sort)
        if self.per_page != PER_PAGE:
            yield "per_page", str(self.per_page)
        if self.is_exact:
            yield "exact", "1"
        if self.page > 1:
            yield "page", str(self.page)


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in args.getlist(name) if v))[:MOST_VALUES]


def _sort(text: str) -> Sort:
    return Sort(text) if text in list(Sort) else Sort.RELEVANCE


def _whole(text: str, default: int, most: int) -> int:
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else default
