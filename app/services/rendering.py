"""A revision's words as safe HTML: the same for readers, writers and reviewers."""

from collections.abc import Callable

from app.formats.markdown import Rendered, render_markdown
from app.models.resources import Revision


def render(revision: Revision, picture_url: Callable[[str], str]) -> Rendered:
    """Return the revision's words as safe HTML, with its sections.

    A first heading that only repeats the title is left out: the page has its own.
    """
    held = {picture.name for picture in revision.pictures}
    return render_markdown(
        revision.body_markdown,
        picture_url=lambda name: picture_url(name) if name in held else None,
        title=revision.title,
    )
