"""A load that is killed leaves files, database and index able to agree."""

import subprocess
import sys
import time

from tests.content_app import PROJECT, a_file

LOAD = (
    "import sys; from pathlib import Path; from tests.content_app import Library\n"
    "library = Library(Path(sys.argv[1]))\n"
    "sys.exit(library.run('content', 'load', sys.argv[2]).exit_code)"
)


def test_after_a_kill_all_can_be_brought_to_agree(library):
    for number in range(80):
        library.put(f"files/{number}.md", a_file(f"Title {number}"))
    library.run("db", "upgrade")
    tree = library.folder / "files"
    load = subprocess.Popen([sys.executable, "-c", LOAD, library.folder, tree], cwd=PROJECT)
    until = time.monotonic() + 30
    # It is at work on the folder when the first files stand there: the database holds all then.
    while not any(library.content_dir.glob("*/*.md")) and time.monotonic() < until:
        time.sleep(0.01)
    load.kill()
    load.wait()
    assert library.run("index", "check").exit_code == 0
    assert library.run("content", "check").exit_code == 0
    again = library.run("content", "load", tree)
    assert "0 refused" in again.stdout
    assert library.run("content", "check").exit_code == 0
    assert len(library.search.documents) == 80
