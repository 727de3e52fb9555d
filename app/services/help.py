"""The user guide: Markdown files, each with a title, a summary and a place in the order."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from app.formats.front_matter import read_front_matter
from app.formats.markdown import render_markdown


@dataclass(frozen=True)
class HelpPage:
    """One page of the user guide."""

    name: str  # in its address
    title: str
    summary: str
    html: Markup


def find_pages(folder: Path) -> list[HelpPage]:
    """Return the pages of the user guide, in the order of their file names.

    A file is called NUMBER-NAME.md, so that the folder reads in order too.
    """
    return [_page(path) for path in sorted(folder.glob("*.md"))]


def _page(path: Path) -> HelpPage:
    file = read_front_matter(path.read_bytes())
    return HelpPage(
        name=path.stem.partition("-")[2],
        title=str(file.values["title"]),
        summary=str(file.values["summary"]),
        html=render_markdown(file.body).html,
    )
