"""What the service asks of a search engine, and what it answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.domain.search import PER_PAGE
from app.domain.tags import TagName
from app.domain.taxonomy import Taxonomy
from app.search.understood import Chip, Correction, Expansion, Question, Reading


class Sort(StrEnum):
    """The orders that results can stand in."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    REVIEW_DATE = "review-date"
    TITLE = "title"
    MOST_TRIED = "most-tried"


@dataclass(frozen=True)
class SearchDocument:
    """One published resource or collection, as the index holds it."""

    id: str  # ULID
    slug: str
    title: str
    summary: str
    body: str  # plain text, no Markdown; the text of the whole resource
    mark: str  # who may see it: public, staff or region:CODE (domain/audience.py)
    facets: Mapping[str, tuple[str, ...]]  # facet name -> codes (domain/facets.py)
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # labels of its terms, to be found by
    school: str = ""
    language: str = "en"
    is_sample: bool = False
    published_on: date | None = None
    review_by: date | None = None
    tries: int = 0  # schools that tried it, however it went
    fingerprint: str = ""  # changes when anything indexed changes


@dataclass(frozen=True)
class SearchQuery:
    """What someone asked for, and what they may see."""

    words: str = ""
    marks: frozenset[str] = frozenset()  # a document is seen only if its mark is among these
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # several values: any
    sort: Sort = Sort.RELEVANCE
    page: int = 1  # counts from 1
    per_page: int = PER_PAGE
    is_exact: bool = False  # search as typed: no correction of spelling
    plain: tuple[str, ...] = ()  # words whose chip was taken off: searched as typed
    home: str = ""  # the code of the reader's own region; "" where it is not known
    is_all_words: bool = False  # only what has everything wanted, by any name
    is_outward: bool = True  # among equals, let regions other than home stand on the first page


@dataclass(frozen=True)
class Fragment:
    """A piece of plain text; `is_match` where it is a word that was searched for."""

    text: str
    is_match: bool = False


class ReasonKind(StrEnum):
    """What it was that matched."""

    WORD = "word"  # as typed, in any of its endings
    PHRASE = "phrase"  # several words side by side, as typed
    PREFIX = "prefix"  # a word that begins so
    SYNONYM = "synonym"  # another name: acronym, variant, other language
    CONCEPT = "concept"  # filed under the term that was meant
    STAGE = "stage"  # filed under the stage that was meant, or one of its level


@dataclass(frozen=True)
class Reason:
    """Why a resource was found, told truthfully: each can be looked up in the index."""

    kind: ReasonKind
    typed: str  # what was asked for, as typed
    matched: str  # what the resource has: a word, a phrase, the label of a term
    places: tuple[str, ...]  # the fields that have it (search/fields.py), heaviest first


@dataclass(frozen=True)
class Hit:
    """One line of the results page; needs no second look at the database."""

    id: str
    slug: str
    title: str
    summary: str
    facets: Mapping[str, tuple[str, ...]]
    score: float
    title_fragments: tuple[Fragment, ...] = ()
    snippet: tuple[Fragment, ...] = ()
    tags: tuple[str, ...] = ()
    school: str = ""
    language: str = "en"
    is_sample: bool = False
    published_on: date | None = None
    tries: int = 0  # schools that tried it, however it went
    reasons: tuple[Reason, ...] = ()  # the most telling first


@dataclass(frozen=True)
class FilterValue:
    """A facet's value and how many resources a search would give with it, or without it."""

    facet: str
    code: str
    total: int


@dataclass(frozen=True)
class SearchPage:
    """One page of answers, best first, and the count behind each facet value.

    A facet's counts ignore the choice made in that same facet, so that a
    second value can be added; all other choices hold.
    """

    hits: tuple[Hit, ...]
    total: int
    facet_counts: Mapping[str, Mapping[str, int]]
    correction: Correction | None = None
    expansions: tuple[Expansion, ...] = ()
    notes: tuple[str, ...] = ()  # sentences for the person: what of the query was set aside
    chips: tuple[Chip, ...] = ()  # in the order typed
    questions: tuple[Question, ...] = ()
    readings: tuple[Reading, ...] = ()
    is_spread: bool = False  # equals from other regions were let before the reader's own
    droppable: tuple[FilterValue, ...] = ()  # nothing found: totals without each chosen filter
    nearest: tuple[FilterValue, ...] = ()  # nothing found: terms that may have been meant


@dataclass(frozen=True)
class Found:
    """What a search finds, with nothing to show of it: for programs that count or compare."""

    ids: tuple[str, ...]  # of one page, best first
    total: int
    facet_counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Suggestion:
    """A line offered while someone types."""

    text: str
    kind: str  # title, collection, tag, term or school
    slug: str | None = None  # of the resource or collection, where the text is its title


@dataclass(frozen=True)
class IndexStatus:
    """How the index stands."""

    documents: int
    updated_at: datetime | None  # UTC; None where it cannot be told
    size_bytes: int


@dataclass(frozen=True)
class Changes:
    """What an index must be given to stand as the library stands now."""

    documents: tuple[SearchDocument, ...] = ()
    removed: frozenset[str] = frozenset()


Tell = Callable[[int], None]  # is told, now and then, how many documents are done


def no_changes() -> Changes:
    """Say that nothing has changed meanwhile."""
    return Changes()


def tell_nobody(_: int) -> None:
    """Keep to oneself how many documents are done."""


class SearchEngine(Protocol):
    """An index that can be asked, written to, and thrown away."""

    @property
    def is_shared(self) -> bool:
        """Whether what another process writes, draws anew or tends is seen by this one."""
        ...

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a query.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...

    def find(self, query: SearchQuery, is_counted: bool = False) -> Found:
        """Answer a query by ids alone; `is_counted`: with the count behind each facet value.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...

    def suggest(self, prefix: str, marks: frozenset[str], limit: int = 8) -> list[Suggestion]:
        """Return lines to offer for a half-typed text, best first.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...

    def similar(self, resource_id: str, marks: frozenset[str], limit: int = 4) -> list[Hit]:
        """Return the resources most like this one, best first; none for an unknown id.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Add or replace documents and drop the removed ids, all or nothing.

        Raises:
            SearchUnavailable: the index is missing or cannot be written now.
        """
        ...

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        tell: Tell = tell_nobody,
        meanwhile: Callable[[], Changes] = no_changes,
    ) -> int:
        """Draw a new index beside the old, swap them, return how many documents were drawn.

        The old one may be written to all the while.

        Args:
            meanwhile: returns what has changed since it was last asked, or since the
                documents were; is asked until the swap, so that nothing is lost by it.

        Raises:
            AlreadyRunning: another process draws it anew.
            SearchUnavailable: it cannot be written, or the disk has too little room.
        """
        ...

    def name_tags(self, names: tuple[TagName, ...]) -> None:
        """Call tags by these names from now on, and by no others; documents keep theirs.

        A tag is found by every name that is called the same now.

        Raises:
            SearchUnavailable: the names cannot be written now.
        """
        ...

    def learn(self, taxonomy: Taxonomy) -> None:
        """Understand words as another taxonomy tells from now on; what is indexed stays."""
        ...

    def needs_tending(self) -> bool:
        """Whether `tend` would find something to do.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...

    def tend(self) -> bool:
        """Put the index in good order; return whether there was anything to do.

        It may take long, keeps nobody from searching or writing, and may be killed.

        Raises:
            SearchUnavailable: the index is missing or cannot be written now.
        """
        ...

    def fingerprints(self) -> Mapping[str, str]:
        """Return the fingerprint of every document by its id.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...

    def is_present(self) -> bool:
        """Say whether there is an index that can be read."""
        ...

    def status(self) -> IndexStatus:
        """Tell how the index stands.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        ...
