"""Postings gathered by form while an index is written, on the disk where they grow too many."""

import heapq
import pickle
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

BYTES_OF_A_POSTING = 60  # about what Python takes for one, besides its value
BYTES_OF_A_FORM = 400


class TermPostings(NamedTuple):
    """One form in one field, in some or all documents."""

    field: str
    form: bytes
    documents: list[int]  # ascending
    values: list[bytes]  # what the field keeps of the form in each of them


class PostingPool:
    """Takes postings in by document and gives them back by field and form."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        """Gather postings.

        Args:
            folder: where they are put once they take more than `limit_bytes` of memory.
        """
        self._folder, self._limit = folder, limit_bytes
        self._held: dict[str, dict[bytes, TermPostings]] = {}
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def add(self, posting: tuple[str, bytes, int, float, bytes | None]) -> None:
        """Take one posting in: field, form, document, weight (not kept), value."""
        field, form, document, _, value = posting
        self.add_document(field, document, ((form, 1, 1.0, value or b""),))

    def add_document(
        self, field: str, document: int, forms: Iterable[tuple[bytes, int, float, bytes]]
    ) -> None:
        """Take in the forms of one field of a document, as Whoosh's fields yield them.

        Of each its count and weight are not kept: its value tells them. The
        numbers of documents must not descend.
        """
        held = self._held.setdefault(field, {})
        size = 0
        for form, _count, _weight, value in forms:
            found = held.get(form)
            if found is None:
                found = held[form] = TermPostings(field, form, [], [])
                size += BYTES_OF_A_FORM
            found.documents.append(document)
            found.values.append(value)
            size += BYTES_OF_A_POSTING + len(value)
        self._size += size
        if self._size > self._limit:
            self._put_down()

    def iter_postings(self) -> Iterator[TermPostings]:
        """Yield the postings of every form, in the order of fields and forms."""
        runs = [_read(run) for run in self._runs]
        together = heapq.merge(*runs, self._in_order(), key=_place)
        for _, parts in groupby(together, _place):
            first, *others = parts
            for other in others:
                first.documents.extend(other.documents)
                first.values.extend(other.values)
            yield first

    def cleanup(self) -> None:
        """Let everything go."""
        for run in self._runs:
            run.close()
        self._runs, self._held, self._size = [], {}, 0

    def _in_order(self) -> Iterator[TermPostings]:
        for field in sorted(self._held):
            held = self._held[field]
            for form in sorted(held):
                yield held[form]

    def _put_down(self) -> None:
        # A file without a name: a process that is killed leaves nothing.
        run = TemporaryFile(dir=self._folder)  # noqa: SIM115 - kept until all is written
        self._runs.append(run)
        for term in self._in_order():
            pickle.dump(tuple(term), run, pickle.HIGHEST_PROTOCOL)
        self._held, self._size = {}, 0


def _read(run: IO[bytes]) -> Iterator[TermPostings]:
    run.seek(0)
    while True:
        try:
            term = pickle.load(run)  # noqa: S301 - a file of ours without a name
        except EOFError:
            return
        yield TermPostings(*term)


def _place(term: TermPostings) -> tuple[str, bytes]:
    return term.field, term.form
