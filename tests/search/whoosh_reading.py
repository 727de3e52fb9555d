"""An index asked by Whoosh's own documented means: its queries, its scorers, no limit."""

from math import log
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, Or, Phrase, Prefix, Query, Term
from whoosh.scoring import BaseScorer, WeightingModel, bm25

from app.search.engines.whoosh_schema import FILED_FIELD, document_of
from app.search.finding.shelf import K1, WEIGHTS, B
from app.search.language.synonyms import EVERYWHERE


class WhooshReading:
    """What Whoosh finds for a reader, by id."""

    def __init__(self, folder: Path, marks: frozenset[str]) -> None:
        live = folder / (folder / "current").read_text().strip()
        self._index = FileStorage(live, supports_mmap=False).open_index()
        plain = self._index.searcher()
        self._ids = {
            number: document_of(plain.stored_fields(number)).document.id
            for number in plain.reader().all_doc_ids()
        }
        self._seen = Or([Term(FILED_FIELD, f"mark={mark}") for mark in sorted(marks)])
        seen = set(plain.search(self._seen, limit=None).docs())
        self._searcher = self._index.searcher(weighting=SeenBM25F(seen))
        plain.close()

    def scores(self, query: Query) -> dict[str, float]:
        """Return every document that a query finds, with its score."""
        found = self._searcher.search(query, limit=None, filter=self._seen)
        return {self._ids[number]: score for score, number in found.top_n}

    def close(self) -> None:
        """Let the files go."""
        self._searcher.close()


class SeenBM25F(WeightingModel):
    """Whoosh's own formula; words and lengths are counted over what may be seen.

    A field's weight W is added before saturation, so for one field alone it is the
    formula with K1 / W, up to a factor that is the same for all documents.
    """

    def __init__(self, seen: set[int]) -> None:
        self._seen = seen
        self._averages: dict[str, float] = {}

    def scorer(self, searcher, fieldname, text, qf=1):
        """Return what scores one word in one field."""
        parent = searcher.get_parent()
        if not parent.schema[fieldname].scorable or not self._seen:
            return Nothing()
        having = sum(n in self._seen for n in parent.reader().postings(fieldname, text).all_ids())
        idf = log(len(self._seen) / (having + 1)) + 1
        return SeenScorer(searcher, fieldname, idf, self._average(parent, fieldname))

    def _average(self, parent, fieldname):
        if fieldname not in self._averages:
            reader = parent.reader()
            lengths = [reader.doc_field_length(n, fieldname) or 0 for n in self._seen]
            self._averages[fieldname] = sum(lengths) / len(lengths) or 1.0
        return self._averages[fieldname]


class SeenScorer(BaseScorer):
    """Scores by Whoosh's own bm25 function."""

    def __init__(self, searcher, fieldname, idf, average):
        self._searcher, self._field = searcher, fieldname
        self._idf, self._average = idf, average

    def score(self, matcher):
        """Return the score of the document the matcher stands at."""
        length = self._searcher.doc_field_length(matcher.id(), self._field)
        k1 = K1 / WEIGHTS[self._field]
        told = bm25(self._idf, matcher.weight(), length, self._average, B, k1)
        return told * (K1 + 1) / (k1 + 1)


class Nothing(BaseScorer):
    """Scores nothing: for filings."""

    def score(self, matcher):
        """Return 0."""
        return 0.0


def anywhere(make) -> Query:
    """Return a query for something in any field."""
    return Or([make(name) for name in EVERYWHERE])


def word(form: str, name: str) -> Query:
    """Return Whoosh's query for a form in a field."""
    return Term(name, form)


def phrase(forms: tuple[str, ...], name: str) -> Query:
    """Return Whoosh's query for forms side by side in a field."""
    return Phrase(name, list(forms))


def beginning(prefix: str, name: str) -> Query:
    """Return Whoosh's query for a beginning in a field."""
    return Prefix(name, prefix)


def filed_under(facet: str, code: str) -> Query:
    """Return Whoosh's query for a filing."""
    return Term(FILED_FIELD, f"{facet}={code}")


def all_of(*queries: Query) -> Query:
    """Return Whoosh's query for all of these."""
    return And(list(queries))
