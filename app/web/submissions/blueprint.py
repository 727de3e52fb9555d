"""Where the pages of writing hang together, and how long a text they take."""

from typing import Any

from flask import Blueprint, request

FORM_LIMIT = 2 * 1024 * 1024  # bytes: a whole draft, each letter of it up to nine bytes on its way

submissions = Blueprint("submissions", __name__)


@submissions.url_value_preprocessor
def take_long_texts(_: str | None, __: dict[str, Any] | None) -> None:
    """Let a request to these pages be as long as a draft; before anything reads its form."""
    request.max_content_length = FORM_LIMIT
    request.max_form_memory_size = FORM_LIMIT
