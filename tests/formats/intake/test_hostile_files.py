"""What means harm is refused in a sentence, or taken in without the harm; nothing of it stays."""

import resource
import socket
import tempfile
import threading
import time

import pytest

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake import IntakeLimits, take_in
from tests.formats.intake.hostile_files import hostile_files

LONGEST_S = 20
MOST_MB = 1024
# What is taken in all the same, and the note that says what was done about the harm.
TAKEN = {
    "a bomb beside the text": None,
    "bombs within a bomb": None,
    "a style based on itself": None,
    "relations in a circle": None,
    "a picture by http": "external-picture",
    "a picture by file": "external-picture",
    "an embedded picture by http": "external-picture",
    "a picture by UNC": "external-picture",
    "a template by http": "external-part",
    "an OLE link": "external-part",
    "a field that starts a program": "field-code",
    "a field that fetches": "field-code",
    "a page within": "embedded-object",
    "macros": "macros",
    "a link that runs a script": "link",
    "a picture of 60,000 by 60,000": "picture-large",
    "a picture that unpacks to 3 GB": "picture-large",
    "an SVG with a script": "picture-kind",
    "a picture that is a program": "picture-kind",
    "a picture cut off": "picture-broken",
    "a metafile": "picture-kind",
    "five hundred pictures": "picture-many",
    "a PDF with a script": "javascript",
}
# What is refused, and words of the sentence that says why.
UNPACKS, ENTITIES, DAMAGED = "unpacks to far more", "declares entities", "file is damaged"
DEEP, ENDS, NO_TEXT = "nested far too deep", "ends too early", "no text that can be read"
REFUSED = {
    "a bomb in the text": UNPACKS,
    "parts over one another": "lie over one another",
    "ten thousand entries": "thousands of others",
    "three thousand entries": "holds 3025 others",
    "a size that lies": DAMAGED,
    "names that lead out": "leads out of it",
    "a name with a NUL": "leads out of it",
    "two parts of one name": "two parts of one name",
    "cut off": ENDS,
    "only its beginning": ENDS,
    "flipped bytes": DAMAGED,
    "no text at all": "no Word text",
    "an empty archive": ENDS,
    "a billion laughs": ENTITIES,
    "a file as entity": ENTITIES,
    "an address as entity": ENTITIES,
    "an outer DTD": ENTITIES,
    "tables 5,000 deep": DEEP,
    "runs 20,000 deep": DEEP,
    "tags 5,000 deep": DEEP,
    "an attribute of 100 MB": UNPACKS,
    "a million elements": "too long or its formatting too tangled",
    "words of the wrong kind": DAMAGED,
    "a wrong encoding": DAMAGED,
    "a PDF called .docx": "This is a PDF that was named .docx",
    "a text called .docx": "only plain text",
    "a Word file called .pdf": "This is a Word document that was named .pdf",
    "an old Word file": "old Word file (.doc)",
    "a locked Word file": "protected by a password",
    "an OpenDocument text": "OpenDocument",
    "a rich text": "rich text",
    "a workbook called .docx": "Excel workbook",
    "a program called .docx": "This is a program",
    "nothing": "The file is empty",
    "pages in a circle": "PDF is damaged",
    "a PDF bomb": "holds far more than its size says",
    "a bomb of objects": "This PDF is a scan",
    "a locked PDF": "protected by a password",
    "100,000 pages": "This PDF",
    "a PDF cut off": "PDF is damaged",
    "a scan": "This PDF is a scan",
    "a PDF of brackets": "This PDF",
    "only its first line": "PDF is damaged",
    "100,000 brackets": "brackets",
    "one line of 3 MB": "far too much text",
    "bytes called .md": NO_TEXT,
    "quotations 50,000 deep": "brackets or marks",
    "an alias that grows": "anchor or alias",
    "half characters": NO_TEXT,
    "five megabytes of headings": "far too much text",
}
NAMES = sorted({*TAKEN, *REFUSED})


@pytest.fixture(scope="module")
def listening():
    """A port of this machine, and everybody who came to it."""
    visitors: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def wait():
            while not ended.is_set():
                try:
                    visitor, _ = server.accept()
                except TimeoutError:
                    continue
                with visitor:
                    visitors.append(visitor.recv(100))

        thread = threading.Thread(target=wait)
        thread.start()
        yield server.getsockname()[1], visitors
        ended.set()
        thread.join()


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_does_no_harm(name, listening, own_temporary_folder):
    port, visitors = listening
    file_name, data = hostile_files(port)[name]
    began = time.monotonic()
    if name in TAKEN:
        whats = {note.what for note in take_in(file_name, data).notes}
        assert TAKEN[name] is None or TAKEN[name] in whats
    else:
        with pytest.raises(InvalidInput) as told:
            take_in(file_name, data)
        sentence = str(told.value)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert REFUSED[name] in sentence
    assert time.monotonic() - began < LONGEST_S
    assert visitors == []
    assert list(own_temporary_folder.iterdir()) == []
    # Of all children so far: none has used more.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_MB * 1024


def test_there_are_forty_hostile_files_and_more():
    assert len(NAMES) >= 40
    assert set(NAMES) == set(hostile_files())


def test_a_file_that_takes_too_long_is_stopped_and_leaves_nothing(own_temporary_folder):
    words = hostile_files()["a million elements"]
    with pytest.raises(TooLarge, match="took too long"):
        take_in(*words, IntakeLimits(wall_s=0.05))
    assert list(own_temporary_folder.iterdir()) == []


def test_a_file_that_takes_too_much_memory_is_stopped():
    words = hostile_files()["an attribute of 100 MB"]
    limits = IntakeLimits(part_mb=200, unpacked_mb=200, memory_mb=150)
    with pytest.raises(TooLarge, match="too much memory"):
        take_in(*words, limits)


def test_a_file_over_the_limit_is_refused_before_anything_is_begun():
    with pytest.raises(TooLarge, match=r"The file is 2\.0 MB and the limit is 1 MB"):
        take_in("a.docx", b"PK" * 1024 * 1024, IntakeLimits(file_mb=1))
