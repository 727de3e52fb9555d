"""The address of a search, read and written: parameters ⇄ what is asked of the service."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from app.domain.facets import BY_NAME, FACETS
from app.domain.search import (
    LAST_PAGE,
    LONGEST_PLAIN,
    LONGEST_QUERY,
    MOST_PER_PAGE,
    MOST_PLAIN,
    MOST_VALUES,
    PER_PAGE,
)
from app.domain.taxonomy import fold
from app.search.port import SearchPage, SearchQuery, Sort


@dataclass(frozen=True)
class SearchForm:
    """What someone asked for, as it stands in the page's address. Odd values become the default."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE
    is_exact: bool = False
    plain: tuple[str, ...] = ()
    home: str = ""
    is_outward: bool = True

    @classmethod
    def read(cls, args: MultiDict[str, str], regions: Collection[str]) -> Self:
        """Read the parameters that docs/api.md tells; `regions` are the codes `home` may have."""
        home = args.get("home", "")
        return cls(
            words=_tidy(args.get("q", "")),
            facets={name: values for name in BY_NAME if (values := _values(args, name))},
            sort=_sort(args.get("sort", "")),
            page=_whole(args.get("page", ""), 1, LAST_PAGE),
            per_page=_whole(args.get("per_page", ""), PER_PAGE, MOST_PER_PAGE),
            is_exact=args.get("exact") == "1",
            plain=_plain(args),
            home=home if home in regions else "",
            is_outward=args.get("outward") != "0",
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
            plain=self.plain,
            home=self.home,
            is_outward=self.is_outward,
        )

    def fitting(self, found: SearchPage) -> Self:
        """Return this search without the plain words that are no longer in what was searched for.

        The page's form sends them along with whatever is typed next, and words that come
        back later are to be understood anew.
        """
        corrected = found.correction.words if found.correction else ""
        searched = fold(f"{self.words} {corrected}")
        kept = (
            plain for plain in self.plain if all(word in searched for word in fold(plain).split())
        )
        return replace(self, plain=tuple(kept))

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Every chosen facet value as (facet name, code), in the page's order."""
        return [(f.name, code) for f in FACETS for code in self.facets.get(f.name, ())]

    def url(self, words: str | None = None, page: int = 1, is_exact: bool | None = None) -> str:
        """Return the address of this search, on its first page, with what is given changed."""
        return self._url(
            words=self.words if words is None else words,
            page=page,
            is_exact=self.is_exact if is_exact is None else is_exact,
        )

    def url_without(self, facet: str, code: str) -> str:
        """Return the address of this search without one facet value."""
        left = tuple(c for c in self.facets.get(facet, ()) if c != code)
        return self._url(facets={**self.facets, facet: left})

    def url_without_facets(self) -> str:
        """Return the address of this search without any facet value."""
        return self._url(facets={})

    def url_only(self, facet: str, code: str) -> str:
        """Return the address of this search, kept to one value of a facet."""
        return self._url(facets={**self.facets, facet: (code,)})

    def url_as_typed(self, typed: str) -> str:
        """Return the address of this search with a chip taken off: its words count as typed."""
        return self._url(plain=tuple(dict.fromkeys((*self.plain, typed)))[-MOST_PLAIN:])

    def url_understood(self, typed: str) -> str:
        """Return the address of this search with a chip put back."""
        return self._url(plain=tuple(plain for plain in self.plain if plain != typed))

    def url_meaning(self, typed: str, meaning: str) -> str:
        """Return the address of this search with one meaning of an acronym in its place."""
        words = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _: meaning, self.words)
        return self._url(words=words if words != self.words else meaning)

    def url_outward(self, is_outward: bool) -> str:
        """Return the address of this search with other regions moved up, or not."""
        return self._url(is_outward=is_outward)

    def url_instead(self, facet: str, code: str) -> str:
        """Return the address of all that a facet value holds, whatever was typed."""
        return self._url(words="", plain=(), is_exact=False, facets={facet: (code,)})

    def _url(self, **changed: Any) -> str:
        form = replace(self, **{"page": 1} | changed)
        parameters = urlencode(list(form._parameters()))
        return url_for("search.index") + ("?" + parameters if parameters else "")

    def _parameters(self) -> Iterator[tuple[str, str]]:
        if self.words:
            yield "q", self.words
        yield from (("plain", typed) for typed in self.plain)
        for name, codes in self.facets.items():
            yield from ((name, code) for code in codes)
        if self.home:
            yield "home", self.home
        if not self.is_outward:
            yield "outward", "0"
        yield from self._how()

    def _how(self) -> Iterator[tuple[str, str]]:
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


def _plain(args: MultiDict[str, str]) -> tuple[str, ...]:
    typed = (_tidy(text) for text in args.getlist("plain") if len(text) <= LONGEST_PLAIN)
    return tuple(dict.fromkeys(filter(None, typed)))[:MOST_PLAIN]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _sort(text: str) -> Sort:
    return Sort(text) if text in list(Sort) else Sort.RELEVANCE


def _whole(text: str, default: int, most: int) -> int:
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else default
