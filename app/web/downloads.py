"""Hand a file out so that no browser ever opens it as a page."""

from io import BytesIO

from flask import Response, send_file

# A picture is only ever shown: nothing in it may run, load or be framed.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
POLICY = "default-src 'none'; sandbox"
ANY_BYTES = "application/octet-stream"


def hand_out(name: str, data: bytes, media_type: str = ANY_BYTES, etag: str = "") -> Response:
    """Return a file as a download: never shown, never run, never kept in a shared cache."""
    answer = send_file(
        BytesIO(data),
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        etag=etag or False,
        max_age=0,
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
