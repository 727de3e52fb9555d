"""Read the Markdown of many resources with several processes, in their order."""

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process

from app.domain.taxonomy import Taxonomy
from app.followers.documents import Content, document_of
from app.search.port import SearchDocument

WORTH_MANY_HANDS = 1000  # resources: below that, starting processes costs more than it saves
MOST_HANDS = 3  # what these read is written by one
AT_A_TIME = 25  # resources handed over together
AHEAD = 4  # such portions for each process that are handed out before the first is asked for

_taxonomy: Taxonomy  # of a process that reads


def documents_by_many(contents: Iterable[Content], taxonomy: Taxonomy) -> Iterator[SearchDocument]:
    """Yield a document for each content, in their order."""
    hands = min(len(os.sched_getaffinity(0)), MOST_HANDS)
    waiting = iter(contents)
    asked: deque[Future[list[SearchDocument]]] = deque()
    with ProcessPoolExecutor(hands, get_context("spawn"), _begin, (taxonomy,)) as pool:
        try:
            while True:
                while len(asked) < hands * AHEAD and (portion := list(islice(waiting, AT_A_TIME))):
                    asked.append(pool.submit(_read, portion))
                if not asked:
                    return
                yield from asked.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(taxonomy: Taxonomy) -> None:
    global _taxonomy  # noqa: PLW0603 - sent once to each process, not with every portion
    _taxonomy = taxonomy
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that began it is killed: it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _read(portion: list[Content]) -> list[SearchDocument]:
    return [document_of(*content, _taxonomy) for content in portion]
