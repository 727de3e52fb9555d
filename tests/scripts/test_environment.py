import ast
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scripts.setup.environment import alone, told_by_pip
from scripts.setup.steps import Steps

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"


def test_an_old_python_is_told_what_is_needed():
    pretend = "import sys; sys.version_info = (3, 9, 2); import setup"
    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=SCRIPTS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("This needs Python 3.11.5 or newer;")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["serve.py", "test.py", "setup/__init__.py"])
def test_an_old_python_can_read_as_far_as_the_sentence(name):
    ast.parse((SCRIPTS / name).read_text(), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("", ""),
        ("Collecting flask==3.1.3 (from …)\n  Downloading flask\n", "1 of 57"),
        ("Requirement already satisfied: flask\nCollecting click\n", "2 of 57"),
        ("Collecting flask\nInstalling collected packages: flask\n", "installing"),
    ],
)
def test_what_pip_says_becomes_progress(log, told):
    assert told_by_pip(log, 57) == told


def test_two_commands_do_not_set_up_at_the_same_time(steps, printed):
    order = []
    waits = threading.Event()

    class Second(Steps):
        def tell(self, text=""):
            super().tell(text)
            waits.set()

    def second():
        with alone(Second(printed, notes=steps.notes)):
            order.append("second")

    with alone(steps):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(5)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
    assert "waiting for it to finish" in printed.getvalue()
