"""Draw the documents' side of a segment: who may see each, its filing, order, words, offers."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.taxonomy import fold
from app.search.analysis import words
from app.search.port import SearchDocument
from app.search.segments.cards import card_of
from app.search.segments.packed_texts import PackedTexts, TextPacker
from app.search.segments.segment_arrays import (
    GAP,
    HEAD,
    OFFER_KINDS,
    SLOTS,
    U32,
    U64,
    DocumentArrays,
)
from app.search.segments.stored_documents import MARK, StoredDocument, filed_under

WORD_BITS = 64


def draw_documents(kept: Iterable[StoredDocument]) -> DocumentArrays:
    """Return the arrays of these documents, which are numbered in their order."""
    drawing = _Drawing()
    for one in kept:
        drawing.take(one)
    return drawing.finished()


class _Drawing:
    """Gathers documents one at a time, so that they need not all be held."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.titles: list[str] = []
        self.marks: list[str] = []
        self.filed: dict[str, list[int]] = defaultdict(list)
        self.days: list[tuple[int, int]] = []
        self.tries = array("i")
        self.cards = TextPacker()
        self.bodies = TextPacker()
        self.fingerprints: list[str] = []
        self.spans: list[tuple[int, ...]] = []
        self.steps = array("I")
        self.steps_at = array("Q", [0])
        self.word_counts: dict[str, Counter[str]] = defaultdict(Counter)  # by mark
        self.offers: dict[tuple[str, str], list[int]] = defaultdict(list)

    def take(self, kept: StoredDocument) -> None:
        document, number = kept.document, len(self.ids)
        self.ids.append(document.id)
        self.titles.append(fold(document.title))
        self.marks.append(document.mark)
        self.fingerprints.append(document.fingerprint)
        for name in filed_under(document):
            if not name.startswith(f"{MARK}="):
                self.filed[name].append(number)
        self.days.append((_told(document.published_on), _told(document.review_by)))
        self.tries.append(document.tries)
        self.cards.add(card_of(document).encode("utf-8", "replace"))
        body = document.body.encode("utf-8", "replace")
        self.bodies.add(body)
        self.steps.extend(_in_bytes(document.body, len(body), kept.steps))
        self.steps_at.append(len(self.steps))
        self.spans.append(kept.spans)
        self.word_counts[document.mark].update(kept.surfaces)
        for offer in _offers(document):
            self.offers[offer].append(number)

    def finished(self) -> DocumentArrays:
        mark_names = sorted(set(self.marks))
        marks = np.array([mark_names.index(mark) for mark in self.marks], np.uint16)
        filed_names = sorted(self.filed)
        words, word_counts = self._words(mark_names)
        offers = list(self.offers)
        folds = [fold(text) for text, _ in offers]
        starts, heads = _offer_starts(folds)
        days = np.array(self.days, np.int32).reshape(-1, 2)
        return DocumentArrays(
            ids=PackedTexts.of(self.ids),
            ids_order=_order(self.ids),
            fingerprints=PackedTexts.of(self.fingerprints),
            marks=marks,
            mark_names=PackedTexts.of(mark_names),
            filed_names=PackedTexts.of(filed_names),
            filed=_bits([self.filed[name] for name in filed_names], len(self.ids)),
            published=np.ascontiguousarray(days[:, 0]),
            review=np.ascontiguousarray(days[:, 1]),
            tries=np.frombuffer(self.tries, np.int32),
            titles=PackedTexts.of(self.titles),
            title_ranks=_ranks(list(zip(self.titles, self.ids, strict=True))),
            cards=self.cards.packed(),
            bodies=self.bodies.packed(),
            steps=np.frombuffer(self.steps, np.uint32),
            steps_at=np.frombuffer(self.steps_at, np.uint64),
            bases=_bases(self.spans),
            words=words,
            word_counts=word_counts,
            offers=PackedTexts.of([text for text, _ in offers]),
            offer_kinds=np.array([OFFER_KINDS.index(kind) for _, kind in offers], np.uint8),
            offer_documents=np.array([d for o in offers for d in self.offers[o]], np.uint32),
            offer_documents_at=_starts([len(self.offers[offer]) for offer in offers]),
            offer_folds=PackedTexts.of(folds),
            offer_starts=starts,
            offer_heads=heads,
        )

    def _words(self, mark_names: Sequence[str]) -> tuple[PackedTexts, U32]:
        # Sorted as bytes, which is how packed texts are looked up.
        every = sorted({word.encode() for counts in self.word_counts.values() for word in counts})
        counts = np.zeros((len(every), len(mark_names)), np.uint32)
        for column, mark in enumerate(mark_names):
            held = self.word_counts[mark]
            counts[:, column] = [held[word.decode()] for word in every]
        return PackedTexts.of_bytes(every), counts


def _in_bytes(text: str, size: int, steps: Sequence[int]) -> list[int]:
    """Return places counted in characters as counted in bytes."""
    if len(text) == size:
        return list(steps)
    held, at, before = [], 0, 0
    for step in steps:
        at += len(text[before:step].encode("utf-8", "replace"))
        before = step
        held.append(at)
    return held


def _offers(document: SearchDocument) -> Iterator[tuple[str, str]]:
    yield document.title, "title"
    yield from ((tag, "tag") for tag in dict.fromkeys(document.tags))
    yield from ((label, "term") for label in dict.fromkeys(document.labels))
    if document.school:
        yield document.school, "school"


def _bits(documents: Sequence[Sequence[int]], size: int) -> U64:
    width = -(-size // WORD_BITS)
    held = np.zeros((len(documents), width * WORD_BITS), np.uint8)
    for row, numbers in enumerate(documents):
        held[row, numbers] = 1
    return (
        np.packbits(held, axis=1, bitorder="little").view(np.uint64).reshape(len(documents), width)
    )


def _bases(spans: Sequence[Sequence[int]]) -> U64:
    """Return the address of each slot: empty ones take no room."""
    room = np.zeros((len(spans), SLOTS), np.uint64)
    if spans:
        room[:, : len(spans[0])] = spans
    room[room > 0] += np.uint64(GAP)
    return np.concatenate((np.zeros(1, np.uint64), np.cumsum(room.ravel(), dtype=np.uint64)))


def _starts(lengths: Sequence[int]) -> U64:
    return np.concatenate((np.zeros(1, np.uint64), np.cumsum(lengths, dtype=np.uint64)))


def _told(day: date | None) -> int:
    return day.toordinal() if day else 0


def _order(keys: Sequence[Any]) -> U32:
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.uint32)


def _ranks(keys: Sequence[Any]) -> U32:
    ranks = np.empty(len(keys), np.uint32)
    ranks[_order(keys)] = np.arange(len(keys), dtype=np.uint32)
    return ranks


def _offer_starts(folds: Sequence[str]) -> tuple[U64, npt.NDArray[np.bytes_]]:
    """Return every word of the folded offers, by the text from there on, and how that begins."""
    keyed = []
    for number, text in enumerate(folds):
        raw = text.encode("utf-8", "replace")
        for word in words(text):
            start = len(text[: word.start].encode("utf-8", "replace"))
            if start < 1 << 16:
                keyed.append((raw[start:], number << 16 | start))
    keyed.sort()
    heads = np.array([text[:HEAD] for text, _ in keyed], f"S{HEAD}")
    return np.array([packed for _, packed in keyed], np.uint64), heads
