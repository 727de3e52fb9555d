"""Where things lie, seen from the repository; what may be deleted at any time is said here."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
VENV = PROJECT / ".venv"
# The record of what was done, and what the tools said: deleted, it is made again.
NOTES = PROJECT / "instance/setup"
VENDOR = PROJECT / "app/static/vendor"
# What only the tests need beside Python packages.
TEST_FILES = PROJECT / ".test-files"


def shown(path: Path) -> str:
    """Return the path as a person in the project folder would type it."""
    return str(path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path)
