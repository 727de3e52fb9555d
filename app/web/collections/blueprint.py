"""What every page of collections hangs on, and how large a cover picture it lets in."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.domain.permissions import Action, allows
from app.formats.sizes import MEBIBYTE
from app.web.edge import current_actor, parts

collections = Blueprint("collections", __name__)

Page = str | Response | tuple[str, int]  # with its status, where that is not 200
LARGE = frozenset({"collections.set_cover", "collections.arrange"})
ROOM_FOR_FORM = MEBIBYTE // 4  # the other fields, and what parts them


@collections.url_value_preprocessor
def raise_limit(endpoint: str | None, _: dict[str, object] | None) -> None:
    """Let a picture and the notes of many items in, for those who may keep collections."""
    is_large = request.method == "POST" and endpoint in LARGE
    if is_large and allows(current_actor(), Action.COLLECT):
        limit = parts().settings.attachment_limit_mb * MEBIBYTE + ROOM_FOR_FORM
        request.max_content_length = request.max_form_memory_size = limit
        request.max_form_parts = 2000
