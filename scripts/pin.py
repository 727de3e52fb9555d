"""Write the pins: requirements*.txt with their hashes, from requirements*.in: scripts/pin.py."""

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from setup import OLDEST_PYTHON
from setup.places import PROJECT

UV = "uv==0.13.9"
# The developers' pins keep to the production pins, so they come after them.
NAMES = (
    "requirements",
    "requirements-pdf",
    "requirements-dev",
    "requirements-bench",
    "requirements-node",
)
OPTIONS = (
    *("--generate-hashes", "--universal", "--no-emit-index-url", "--no-python-downloads"),
    *("--python-version", ".".join(map(str, OLDEST_PYTHON))),
    *("--custom-compile-command", "python3 scripts/pin.py"),
)


def main() -> int:
    """Run the command; return its exit status."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", UV]
        if subprocess.run(pip, check=False).returncode:
            return 1
        return max(_compile(str(programs / "uv"), name, options.upgrade) for name in NAMES)


def _compile(uv: str, name: str, upgrade: bool) -> int:
    """Pin one file; pins that stand are kept where they still fit, unless told to upgrade."""
    newest = ["--upgrade"] if upgrade else []
    files = [f"{name}.in", "-o", f"{name}.txt"]
    command = [uv, "pip", "compile", "--quiet", *OPTIONS, *newest, *files]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write the pins, with hashes, from the .in files.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest that fit")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
