"""The child cannot leave: no network, no other program, nothing written, nothing of ours known."""

import os
import subprocess
import sys

import pytest

from app.formats.intake.door import APP_DIR, BEGIN

TRIES = {
    "connect": "import socket; socket.create_connection(('127.0.0.1', {port}), 1)",
    "fetch": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}/')",
    "ask for a name": "import socket; socket.getaddrinfo('example.org', 80)",
    "begin a program": "import subprocess; subprocess.run(['true'])",
    "ask the shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "write a file": "open('{folder}/written', 'w')",
    "write a file by its number": "import os; os.open('{folder}/written', os.O_CREAT)",
}
WALLS = """
from app.formats.intake.walls import WallMet, raise_walls
from app.formats.intake.values import IntakeLimits
raise_walls(IntakeLimits())
try:
    {tried}
except WallMet:
    print("wall")
"""


def _behind_walls(code, **environment):
    begin = BEGIN.partition("from app")[0] + code
    words = [sys.executable, "-I", "-B", "-c", begin, str(APP_DIR)]
    return subprocess.run(words, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("tried", sorted(TRIES))
def test_the_child_cannot_leave(tried, tmp_path):
    code = TRIES[tried].format(port=9, folder=tmp_path)
    done = _behind_walls(WALLS.format(tried=code))
    assert done.stdout == "wall\n", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_child_may_use_little_memory():
    done = _behind_walls(WALLS.format(tried="bytearray(2 * 1024 ** 3)"))
    assert "MemoryError" in done.stderr


def test_the_child_knows_nothing_of_our_environment(monkeypatch, tmp_path):
    from app.formats.intake import door

    monkeypatch.setenv("SECRET_KEY", "told to nobody")
    seen = tmp_path / "seen"
    asks = f"import os, sys\nopen({str(seen)!r}, 'w').write(repr(dict(os.environ)))\nsys.exit(3)\n"
    monkeypatch.setattr(door, "BEGIN", asks)
    with pytest.raises(door.InvalidInput):
        door.take_in("a.md", b"# What we did")
    assert "told to nobody" not in seen.read_text()
    assert set(os.environ) - {"HOME", "TMPDIR", "LC_ALL"}


def test_the_child_begins_without_the_house():
    code = (
        "import app.formats.intake.child, sys\n"
        "print({'flask', 'sqlalchemy', 'config', 'mammoth', 'lxml'} & set(sys.modules))"
    )
    assert _behind_walls(code).stdout == "set()\n"
