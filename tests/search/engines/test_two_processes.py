"""Several processes share one index: what one writes, another's next answer knows."""

import subprocess
import sys

import pytest

from app.search.engines.whoosh_merging import MOST_SEGMENTS
from tests.content_app import PROJECT
from tests.search.documents import LIBRARY, a_document

# Another worker of a server: for each line of words it answers how many are found.
READER = """
import sys
from pathlib import Path
from app.search.engines.whoosh_engine import WhooshEngine
from tests.content_app import TAXONOMY
from tests.search.documents import a_query
engine = WhooshEngine(Path(sys.argv[1]), TAXONOMY)
for words in sys.stdin:
    print(engine.search(a_query(words.strip())).total, flush=True)
"""


class Reader:
    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", READER, folder],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def finds(self, words):
        print(words, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@pytest.fixture
def readers(whoosh, tmp_path):
    readers = [Reader(tmp_path / "index") for _ in range(2)]
    yield readers
    for reader in readers:
        reader.process.communicate()


def test_each_worker_s_next_answer_knows_what_another_process_wrote(whoosh, readers):
    assert [reader.finds("otters") for reader in readers] == [0, 0]
    for n in range(MOST_SEGMENTS):
        whoosh.write([a_document(f"d{n}", "Otters")])
        assert [reader.finds("otters") for reader in readers] == [n + 1] * 2
    assert whoosh.tend()
    assert [reader.finds("otters") for reader in readers] == [MOST_SEGMENTS] * 2
    whoosh.write([], removed=["d0"])
    assert [reader.finds("otters") for reader in readers] == [MOST_SEGMENTS - 1] * 2
    whoosh.rebuild([*LIBRARY, a_document("new", "Otters")])
    assert [reader.finds("otters") for reader in readers] == [1, 1]
    assert [reader.finds("arithmetic") for reader in readers] == [1, 1]
