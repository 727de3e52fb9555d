"""Before the app: what a request calls this server is checked, or is what the operator says."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = re.compile(
    r"(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE
)
LONGEST_HOST = 255  # characters
NO_HOST = "This request does not name a server as a Host header can.\n"


class FrontGate:
    """A WSGI app around another: full links begin with `public_url`, where there is one.

    Without one they begin as the request names the server; a name that is none
    is refused here, since no page can be drawn with it.
    """

    def __init__(self, app: "WSGIApplication", public_url: str) -> None:
        self._app = app
        self._scheme, _, self._host = public_url.partition("://")

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        if self._host:
            environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self._scheme, self._host
        elif not _is_host(environ.get("HTTP_HOST", "")):
            return Response(NO_HOST, 400, mimetype="text/plain")(environ, start_response)
        return self._app(environ, start_response)


def _is_host(name: str) -> bool:
    # A request of HTTP/1.0 names no server, and is let in.
    return not name or (len(name) <= LONGEST_HOST and HOST.fullmatch(name) is not None)
