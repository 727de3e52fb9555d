"""The library itself: tables, sample content, index; each made again only when it is due."""

import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields
from pathlib import Path

from .environment import PYTHON, REQUIREMENTS
from .places import NOTES, PROJECT
from .stamps import Stamp, digest_of, digest_of_tree, digest_of_words
from .steps import StepFailed, Steps

# config.py is plain Python, and the one place that knows the settings.
sys.path.insert(0, str(PROJECT))
from config import Settings, SettingsError

FLASK = (PYTHON, "-m", "flask", "--app", "wsgi")
SQLITE = "sqlite:///"
MIGRATIONS = PROJECT / "migrations"
# What decides, beside the library's own words, how they stand in the index.
INDEX_CODE = tuple(PROJECT / "app" / floor for floor in ("search", "formats", "followers"))
DEMO_PEOPLE = PROJECT / "app" / "services" / "accounts" / "demo.py"
ACTIVITY = "sample-activity.yaml"
DATABASE_ADVICE = "Is DATABASE_URL right, and does the database answer? Then run it again."
CONTENT_ADVICE = (
    "Mend the files named above; the others are in. Then: .venv/bin/flask --app wsgi content load"
)
INDEX_ADVICE = "The index may be deleted at any time; with room on the disk, run it again."


def settings_for_development() -> Settings:
    """Return the settings from the environment.

    Raises:
        StepFailed: a setting cannot be used, or this is production.
    """
    if os.environ.get("ENVIRONMENT") == "production":
        raise StepFailed(
            "ENVIRONMENT is production; this command sets up and serves for development only.",
            "docs/operations.md tells how the library is run for real people.",
        )
    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise StepFailed(str(error), "Mend the environment, then run it again.") from error


def setting_names() -> set[str]:
    """Return the name of every environment variable that is a setting of the product."""
    return {setting.metadata["name"] for setting in fields(Settings) if setting.metadata}


class Library:
    """One library: the database, the content and the index that some settings point to.

    `flask` runs the product's own commands; `notes` is the folder for stamps.
    """

    def __init__(
        self, settings: Settings, flask: Sequence[str | Path] = FLASK, notes: Path = NOTES
    ) -> None:
        self._settings = settings
        self._flask = flask
        places = (settings.database_url, str(settings.content_dir), str(settings.index_dir))
        self._notes = notes / f"library-{digest_of(*places)[:12]}"

    def prepare(self, steps: Steps) -> StepFailed | None:
        """Migrate, load and index what is due; return what is wrong with the content, if any.

        A file that cannot be taken in does not keep the others from being read.

        Raises:
            StepFailed: the tables or the index cannot be made.
        """
        self._migrate(steps)
        problem = self._load(steps)
        self._invent(steps)
        self._index(steps)
        return problem

    def _migrate(self, steps: Steps) -> None:
        stamp, made_from = Stamp(self._notes / "tables"), digest_of_tree(MIGRATIONS)
        if self._stands(stamp, made_from, self._version()):
            return
        with steps.step("Database") as step:
            stamp.lift()
            step.run([*self._flask, "db", "upgrade"], DATABASE_ADVICE)
            stamp.keep(digest_of(made_from, self._version()))

    def _load(self, steps: Steps) -> StepFailed | None:
        if not self._settings.content_dir.is_dir():
            steps.tell(
                f"  {self._settings.content_dir} is not there yet: the library starts empty."
            )
            return None
        stamp, made_from = (
            Stamp(self._notes / "content"),
            digest_of_tree(self._settings.content_dir),
        )
        if self._stands(stamp, made_from, self._born()):
            return None
        try:
            with steps.step("Sample library") as step:
                stamp.lift()
                step.run([*self._flask, "content", "load"], CONTENT_ADVICE)
                stamp.keep(digest_of(made_from, self._born()))
        except StepFailed as failure:
            return failure
        return None

    def _invent(self, steps: Steps) -> None:
        """Make the invented people, and let them write and review."""
        stories = digest_of_tree(self._settings.sample_submissions_dir)
        stamp = Stamp(self._notes / "people")
        activity = [path for path in [self._settings.content_dir / ACTIVITY] if path.is_file()]
        made_from = digest_of(digest_of_words([DEMO_PEOPLE, *activity]), stories)
        if self._stands(stamp, made_from, self._first_invented()):
            return
        with steps.step("Demo people and their work") as step:
            stamp.lift()
            step.run([*self._flask, "accounts", "demo"], DATABASE_ADVICE)
            step.run([*self._flask, "submissions", "demo"], DATABASE_ADVICE)
            step.run([*self._flask, "demo", "play"], DATABASE_ADVICE)
            stamp.keep(digest_of(made_from, self._first_invented()))

    def _index(self, steps: Steps) -> None:
        stamp, folder = Stamp(self._notes / "index"), self._settings.index_dir
        code = digest_of_tree(self._settings.taxonomy_dir, *INDEX_CODE)
        made_from = digest_of(code, digest_of_words([REQUIREMENTS]), self._born())
        if stamp.holds(made_from) and _holds_an_index(folder):
            return
        with steps.step("Search index") as step:
            stamp.lift()
            step.run([*self._flask, "index", "rebuild"], INDEX_ADVICE)
            stamp.keep(made_from)

    def _stands(self, stamp: Stamp, made_from: str, mark: str) -> bool:
        """Whether a step may be left out; without a mark of the database nobody can know."""
        return bool(mark) and stamp.holds(digest_of(made_from, mark))

    def _version(self) -> str:
        return self._first_value("SELECT version_num FROM alembic_version")

    def _born(self) -> str:
        """Return when the oldest resource came in: it tells this database from one made anew."""
        return self._first_value("SELECT min(created_at) FROM resources")

    def _first_invented(self) -> str:
        return self._first_value("SELECT min(created_at) FROM people WHERE is_sample")

    def _first_value(self, question: str) -> str:
        """Ask a SQLite database; "" where there is no answer yet, or it is another database."""
        path = Path(self._settings.database_url.removeprefix(SQLITE))
        if not self._settings.database_url.startswith(SQLITE) or not path.is_file():
            return ""
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
                row = database.execute(question).fetchone()
        except sqlite3.Error:
            return ""
        return str(row[0]) if row and row[0] else ""


def _holds_an_index(folder: Path) -> bool:
    """Whether the engine left its pointer; other files there, a lock say, are no index."""
    return (folder / "current").is_file()
