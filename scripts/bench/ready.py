"""Set up what the benchmarks need, then go on in the project's own Python."""

import os
import subprocess
import sys
from pathlib import Path

from setup import environment
from setup.places import PROJECT
from setup.steps import Steps, run_told


def run_inside(module: str) -> int:
    """Install what is missing, run a module with the words given to us; return its exit status."""
    return run_told(lambda steps: _run(steps, module))


def _run(steps: Steps, module: str) -> int:
    with environment.alone(steps):
        environment.prepare(steps, benchmarks=True)
    folders = (str(PROJECT / "scripts"), str(PROJECT))
    known = os.environ | {"PYTHONPATH": os.pathsep.join(folders), "PYTHONUNBUFFERED": "1"}
    command: list[str | Path] = [environment.PYTHON, "-m", module, *sys.argv[1:]]
    with subprocess.Popen(command, env=known) as inside:
        try:
            return inside.wait()
        except KeyboardInterrupt:
            # Ctrl-C reached it too: it ends its workers, and we wait for it.
            return inside.wait()
