"""The search port in memory: no files, no Whoosh; what fast tests search with."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from app.domain.tags import TagName
from app.domain.taxonomy import Taxonomy
from app.search.answering import answer, find, language_of
from app.search.finding.shelf import Shelf, Shelves
from app.search.finding.snapshot import Snapshot
from app.search.port import (
    Changes,
    Found,
    Hit,
    IndexStatus,
    SearchDocument,
    SearchPage,
    SearchQuery,
    Suggestion,
    Tell,
    no_changes,
    tell_nobody,
)
from app.search.segments.memory_segment import segment_of
from app.search.showing.likeness import similar
from app.search.showing.tag_suggestions import suggest_called


class MemoryEngine:
    """Holds the whole library in memory and reads all of it anew after a change."""

    is_shared = False

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._language = language_of(taxonomy)
        self._documents: dict[str, SearchDocument] = {}
        self._updated_at: datetime | None = None
        self._shelves: Shelves | None = None

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a query."""
        return answer(query, self._shelf(query.marks), self._language)

    def find(self, query: SearchQuery, is_counted: bool = False) -> Found:
        """Answer a query by ids alone."""
        return find(query, self._shelf(query.marks), self._language, is_counted)

    def suggest(self, prefix: str, marks: frozenset[str], limit: int = 8) -> list[Suggestion]:
        """Return lines to offer for a half-typed text, best first."""
        return suggest_called(prefix, self._shelf(marks), limit, self._language.tags)

    def similar(self, resource_id: str, marks: frozenset[str], limit: int = 4) -> list[Hit]:
        """Return the resources most like this one, best first; none for an unknown id."""
        return similar(resource_id, self._shelf(marks), limit, self._language.tags)

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Add or replace documents and drop the removed ids, all or nothing."""
        held = {document.id: document for document in documents}
        gone = set(removed) - held.keys()
        kept = {i: d for i, d in self._documents.items() if i not in gone}
        self._replace(kept | held)

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        tell: Tell = tell_nobody,
        meanwhile: Callable[[], Changes] = no_changes,
    ) -> int:
        """Hold these documents and no others; return how many."""
        held = {document.id: document for document in documents}
        count = len(held)
        tell(count)
        late = meanwhile()
        held |= {document.id: document for document in late.documents}
        self._replace({i: document for i, document in held.items() if i not in late.removed})
        return count

    def name_tags(self, names: tuple[TagName, ...]) -> None:
        """Call tags by these names from now on; documents keep theirs."""
        self._language = language_of(self._language.taxonomy).with_tags(names)

    def learn(self, taxonomy: Taxonomy) -> None:
        """Understand words as another taxonomy tells from now on."""
        self._language = language_of(taxonomy).with_tags(self._language.tags.names)

    def needs_tending(self) -> bool:
        """Say that nothing is ever in disorder."""
        return False

    def tend(self) -> bool:
        """Do nothing: there is nothing to do."""
        return False

    def fingerprints(self) -> Mapping[str, str]:
        """Return the fingerprint of every document by its id."""
        return {document.id: document.fingerprint for document in self._documents.values()}

    def is_present(self) -> bool:
        """Say that there is an index: memory is always there."""
        return True

    def status(self) -> IndexStatus:
        """Tell how the index stands; its size in memory is not told."""
        return IndexStatus(len(self._documents), self._updated_at, size_bytes=0)

    def _replace(self, documents: dict[str, SearchDocument]) -> None:
        self._documents = documents
        self._shelves = None
        self._updated_at = datetime.now(UTC)

    def _shelf(self, marks: frozenset[str]) -> Shelf:
        shelves = self._shelves
        if shelves is None:
            segment = segment_of(list(self._documents.values()))
            shelves = self._shelves = Shelves(Snapshot([(segment, None)]))
        return shelves.for_marks(marks)
