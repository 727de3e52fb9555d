"""A small library of its own for one test: folder, database, index, and the commands on it."""

import dataclasses
from pathlib import Path

from flask import Flask

from app import db
from app.cli import GROUPS
from app.formats.live_taxonomy import LiveTaxonomy
from app.formats.taxonomy_files import read_taxonomy
from app.models.base import Base
from app.parts import Parts
from app.services.accounts import passwords
from config import Settings
from tests.fake_engine import FakeEngine

PROJECT = Path(__file__).parents[1]
TAXONOMY = read_taxonomy(PROJECT / "content/taxonomy")
IDS = ("01JD8Q2V7NFTK9M4C3XH6RBWZE", "01JD8Q2V7NFTK9M4C3XH6RBWZF", "01JD8Q2V7NFTK9M4C3XH6RBWZG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>t</title></svg>\n'


class Library:
    """Everything under one folder; `close` lets the database go."""

    def __init__(self, folder: Path, *, is_empty: bool = False):
        self.folder = folder
        self.content_dir = folder / "content"
        self.settings = Settings(
            testing=True,
            database_url=f"sqlite:///{folder}/library.sqlite",
            content_dir=self.content_dir,
            taxonomy_dir=PROJECT / "content/taxonomy",
            index_dir=folder / "index",
        )
        self.search = FakeEngine()
        passwords.spend(little=True)
        self.parts = Parts(
            self.settings, self.search, LiveTaxonomy(self.settings.taxonomy_dir, TAXONOMY)
        )
        self._engine = db.connect(self.settings.database_url)
        if not is_empty:
            Base.metadata.create_all(self._engine)

    def close(self):
        self._engine.dispose()

    def app(self) -> Flask:
        app = Flask("tests")
        app.extensions["parts"] = self.parts
        for group in GROUPS:
            app.cli.add_command(group)
        return app

    def run(self, *args, **more):
        return self.app().test_cli_runner().invoke(args=[str(arg) for arg in args], **more)

    def put(self, path: str, text: str | bytes) -> Path:
        """Write a file below the library's folder."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def changed(self, **settings):
        """Return the parts with other settings."""
        return dataclasses.replace(
            self.parts, settings=dataclasses.replace(self.settings, **settings)
        )


def a_file(title="Number talks", body="Words.\n", **more) -> str:
    """Return a Markdown file that can be taken in; say only what the test is about."""
    said = {"kind": "case-study", "title": title, "region": "tayside", **more}
    lines = "\n".join(f"{key}: {value}" for key, value in said.items() if value is not None)
    return f"---\n{lines}\n---\n{body}"
