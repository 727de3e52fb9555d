"""Feeds on their way out: Atom, with what lets a reader ask only for what changed."""

import re
from datetime import datetime

from flask import Response, request

ATOM = "application/atom+xml"
# Each time the library is asked whether it still holds: what is withdrawn leaves at once.
ASK_AGAIN = "public, no-cache"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def send_feed(xml: str, updated_at: datetime) -> Response:
    """Return an answer of Atom with an ETag; 304 without a body where the asker has it already."""
    answer = Response(_NOT_XML.sub("", xml), mimetype=ATOM)
    answer.headers["Cache-Control"] = ASK_AGAIN
    answer.last_modified = updated_at
    answer.add_etag()
    answer.make_conditional(request)
    return answer
