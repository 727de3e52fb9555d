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
    # In a group of its own: Ctrl-C reaches only us, and we ask it once to clear up and end.
    with subprocess.Popen(command, env=known, process_group=0) as inside:
        try:
            return inside.wait()
        except KeyboardInterrupt:
            inside.terminate()
            return inside.wait()
