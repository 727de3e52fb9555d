"""The page of somebody who tried too often, with how long to wait."""

from flask import Response

from app.domain.errors import TooManyTries


def waiting_page(html: str, wait: TooManyTries) -> Response:
    """Answer at once with the status and the header that programs understand too."""
    page = Response(html, 429, mimetype="text/html")
    page.headers["Retry-After"] = str(wait.wait_s)
    return page
