"""tantivy under the clock: one writer, one kept searcher, fast fields for ids, order and counts.

Its index is written by one thread with a large heap, so that it comes out as
few segments as it can (the bindings offer no merge of one's own). An id is a
fast number and a look into a list: to open a stored document, body and all,
for its id takes longer than the search itself.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.search.analysis import SMALL_WORDS
from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument

from .corpus import COUNTED
from .engine import TOP, Found, PageFound
from .queries import Asked

HEAP_BYTES = 1_500_000_000  # one segment up to about 100,000 documents
UPDATE_HEAP_BYTES = 50_000_000
NAMES = [field.name for field in TEXT_FIELDS]
BOOSTS = {field.name: field.weight for field in TEXT_FIELDS}
COUNTS = {facet: {"terms": {"field": facet, "size": 200}} for facet in COUNTED}
STEMMED, WHOLE = "stemmed", "whole"
IDS = "ids.json"
FURTHEST = 2  # letters wrong in a word that may still be meant
# Typos are looked for among words of about the same length, as we do.
LENGTHS = 2


class TantivyEngine:
    """tantivy by its Python bindings."""

    has_page = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        self._schema = _schema()
        self._stemming = _analyzer(is_stemmed=True)
        self._writer: Any = None

    def build(self, documents: Iterable[SearchDocument]) -> None:
        """Write every document and commit once."""
        self._folder.mkdir(parents=True)
        writer = self._index().writer(heap_size=HEAP_BYTES, num_threads=1)
        ids = []
        for number, document in enumerate(documents):
            writer.add_document(self._entry(document, number))
            ids.append(document.id)
        writer.commit()
        writer.wait_merging_threads()
        (self._folder / IDS).write_text(json.dumps(ids))

    def open(self) -> None:
        """Open one searcher and keep it."""
        self._opened = self._index()
        self._opened.reload()
        self._searcher = self._opened.searcher()
        self._ids = json.loads((self._folder / IDS).read_text())

    def open_page(self) -> None:
        """Keep the whole words by their length, to look for typos among them."""
        self._by_length: dict[int, list[str]] = {}
        for known, _ in self._searcher.terms_with_prefix("words", ""):
            self._by_length.setdefault(len(known), []).append(known)

    def find(self, asked: Asked) -> Found:
        """Search with the exact count; the bindings count facets in a second pass."""
        query = self._query(asked)
        order = "published" if asked.kind == "by date" else None
        found = self._searcher.search(query, TOP, count=True, order_by_field=order)
        ids = self._ids_of([address for _, address in found.hits])
        return Found(ids, found.count, self._count(query) if asked.kind == "facets" else {})

    def page(self, words: str) -> PageFound:
        """Do what our page does: who may see it, counts, snippets, a correction, reasons.

        The reasons are the cheaper of two ways: the query's stems looked up in the
        hit's stored fields (`explain` for ten hits takes longer). For title and body
        the snippet's own highlights tell.
        """
        correction = self._correction(words)
        wanted = self._opened.parse_query(correction or words, NAMES, field_boosts=BOOSTS)
        # One document in twenty is for staff only: to leave those out costs least.
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, wanted), (tantivy.Occur.MustNot, self._term("mark", "staff"))]
        )
        found = self._searcher.search(query, TOP, count=True)
        hits = [self._searcher.doc(address) for _, address in found.hits]
        shown = {
            name: tantivy.SnippetGenerator.create(self._searcher, wanted, self._schema, name)
            for name in ("title", "body")
        }
        snippets = [{n: maker.snippet_from_doc(hit) for n, maker in shown.items()} for hit in hits]
        stems = set(self._stemming.analyze(correction or words))
        return PageFound(
            ids=[hit.get_first("id") for hit in hits],
            total=found.count,
            counts=self._count(query),
            snippets=[both["body"].to_html() + both["title"].to_html() for both in snippets],
            correction=correction,
            reasons=[
                [*(name for name, one in both.items() if one.highlighted()), *self._has(hit, stems)]
                for hit, both in zip(hits, snippets, strict=True)
            ],
        )

    def update(self, document: SearchDocument) -> None:
        """Replace one document, commit, and let the searcher see it."""
        if self._writer is None:
            self._writer = self._opened.writer(heap_size=UPDATE_HEAP_BYTES, num_threads=1)
        self._writer.delete_documents_by_term("id", document.id)
        self._writer.add_document(self._entry(document, self._ids.index(document.id)))
        self._writer.commit()
        self._opened.reload()
        self._searcher = self._opened.searcher()

    def forget(self) -> None:
        """Keep nothing: there is nothing to drop."""

    def _ids_of(self, addresses: list[Any]) -> list[str]:
        numbers = self._searcher.fast_field_values("number", addresses)
        return [self._ids[number] for number in numbers]

    def _query(self, asked: Asked) -> Any:
        if asked.kind == "prefix":
            return self._prefix(asked.words[0])
        text = f'"{asked.text}"' if asked.kind == "phrase" else asked.text
        query = self._opened.parse_query(
            text, NAMES, field_boosts=BOOSTS, conjunction_by_default=asked.kind == "and"
        )
        if not asked.facet:
            return query
        narrow = tantivy.Query.const_score_query(self._term(asked.facet, asked.code), 0.0)
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.Must, narrow)]
        )

    def _prefix(self, letters: str) -> Any:
        # A fuzzy prefix with no letter wrong: ten times as fast as a regular expression.
        parts = [
            tantivy.Query.boost_query(
                tantivy.Query.fuzzy_term_query(
                    self._schema, name, letters, distance=0, prefix=True
                ),
                BOOSTS[name],
            )
            for name in NAMES
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _term(self, field: str, value: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, value, index_option="basic")

    def _count(self, query: Any) -> dict[str, dict[str, int]]:
        told = self._searcher.aggregate(query, COUNTS)
        return {
            facet: {bucket["key"]: bucket["doc_count"] for bucket in told[facet]["buckets"]}
            for facet in COUNTS
        }

    def _correction(self, words: str) -> str:
        """Return the words with each that stands nowhere replaced by the nearest; "" if none is."""
        typed = words.split()
        better = [word if self._stands(word) else self._nearest(word) for word in typed]
        return " ".join(better) if better != typed else ""

    def _stands(self, word: str) -> bool:
        return word in SMALL_WORDS or bool(self._searcher.doc_freq("words", word))

    def _nearest(self, word: str) -> str:
        near = range(len(word) - LENGTHS, len(word) + LENGTHS + 1)
        among = [known for length in near for known in self._by_length.get(length, ())]
        best = process.extractOne(word, among, scorer=OSA.distance, score_cutoff=FURTHEST)
        return best[0] if best else word

    def _has(self, hit: Any, stems: set[str]) -> Iterator[str]:
        for name in ("summary", "tags", "labels", "school"):
            if any(stems.intersection(self._stemming.analyze(text)) for text in hit.get_all(name)):
                yield name

    def _index(self) -> Any:
        index = tantivy.Index(self._schema, str(self._folder))
        index.register_tokenizer(STEMMED, self._stemming)
        index.register_tokenizer(WHOLE, _analyzer(is_stemmed=False))
        return index

    def _entry(self, document: SearchDocument, number: int) -> Any:
        held: dict[str, list[Any]] = {
            "title": [document.title],
            "summary": [document.summary],
            "tags": list(document.tags),
            "labels": list(document.labels),
            "school": [document.school],
            "body": [document.body],
        }
        held |= {facet: list(codes) for facet, codes in document.facets.items()}
        held |= {"id": [document.id], "mark": [document.mark], "number": [number]}
        held["words"] = [document.title, document.summary, document.body]
        if document.published_on:
            held["published"] = [datetime.combine(document.published_on, time(), UTC)]
        return tantivy.Document.from_dict(held, self._schema)


class TantivyStored(TantivyEngine):
    """tantivy as its introduction shows it: an id is read from the stored document."""

    def _ids_of(self, addresses: list[Any]) -> list[str]:
        return [self._searcher.doc(address).get_first("id") for address in addresses]


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    raw = {"tokenizer_name": "raw", "index_option": "basic"}
    builder.add_text_field("id", stored=True, **raw)
    builder.add_text_field("mark", **raw)
    for name in NAMES:
        builder.add_text_field(name, stored=True, tokenizer_name=STEMMED)
    # Whole words, for typos: what is stemmed cannot be shown to a person.
    builder.add_text_field("words", tokenizer_name=WHOLE, index_option="basic")
    for facet in (*COUNTED, "indicator"):
        builder.add_text_field(facet, fast=True, **raw)
    builder.add_date_field("published", fast=True)
    builder.add_integer_field("number", fast=True)
    return builder.build()


def _analyzer(*, is_stemmed: bool) -> Any:
    """Return the analysis nearest to ours: case, accents, our small words, the English stemmer."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(65))
    builder = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
    if is_stemmed:
        builder = builder.filter(tantivy.Filter.custom_stopword(sorted(SMALL_WORDS)))
        builder = builder.filter(tantivy.Filter.stemmer("english"))
    return builder.build()
