"""The doors that files come in by: how large a body each lets in, and what was sent."""

from typing import NamedTuple

from flask import Blueprint, request

from app.domain.errors import InvalidInput
from app.domain.permissions import Action, allows
from app.formats.sizes import MEBIBYTE
from app.web.edge import current_actor, parts

ROOM_FOR_FORM = MEBIBYTE // 4  # the other fields, and what parts them


class SentFile(NamedTuple):
    """A file as a browser sent it."""

    name: str
    data: bytes


def let_large_files_in(blueprint: Blueprint, endpoints: frozenset[str]) -> None:
    """Raise the limit on a request's body at these views, for those who may write drafts.

    This runs before the form is read, and the secret in it looked for.
    """

    @blueprint.url_value_preprocessor
    def raise_limit(endpoint: str | None, _: dict[str, object] | None) -> None:
        is_large = request.method == "POST" and endpoint in endpoints
        if is_large and allows(current_actor(), Action.WRITE_DRAFT):
            settings = parts().settings
            largest_mb = max(settings.submission_limit_mb, settings.attachment_limit_mb)
            request.max_content_length = largest_mb * MEBIBYTE + ROOM_FOR_FORM


def sent_file(what: str = "file") -> SentFile:
    """Return the file of the form that was sent.

    Raises:
        InvalidInput: there is none, or it is empty.
    """
    sent = request.files.get(what)
    if sent is None or not sent.filename:
        raise InvalidInput("Choose a file.")
    data = sent.read()
    if not data:
        raise InvalidInput("The file is empty. Choose another.")
    return SentFile(sent.filename, data)
