"""The child: draws the print pages that come by standard input, from our own bytes alone.

Begun by `pack_pdf.draw_pdf` only.
"""

import json
import logging
import sys
from base64 import b64decode
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

BASE = "https://pack.invalid/"  # nobody's: relative addresses need one
MEDIA_TYPES = {"css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml"}


def main() -> None:
    """Read the question, draw, and end."""
    from weasyprint import HTML  # noqa: PLC0415 - heavy, and not everywhere
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stderr))
    asked = json.load(sys.stdin.buffer)
    files = {name: b64decode(data) for name, data in asked["files"].items()}

    class OwnBytes(URLFetcher):
        """Gives out what was handed over with the pages, and asks nobody else for anything."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            """Return the bytes of one file of ours.

            Raises:
                ValueError: it is not ours.
            """
            data, media_type = read_own(url, files)
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    pages = HTML(string=asked["html"], base_url=BASE, url_fetcher=OwnBytes())
    drawn = pages.write_pdf(pdf_variant="pdf/ua-1", optimize_images=True)
    sys.stdout.buffer.write(drawn)
    sys.stdout.buffer.flush()


def read_own(url: str, files: dict[str, bytes]) -> tuple[bytes, str]:
    """Return the bytes that an address of a page names, and their media type.

    Raises:
        ValueError: it is neither a file of ours nor written out in the address itself.
    """
    kind, _, held = url.partition(",")
    if kind.startswith("data:image/svg+xml") and "base64" not in kind:
        return unquote_to_bytes(held), MEDIA_TYPES["svg"]
    name = urlsplit(url).path.lstrip("/")
    if not url.startswith(BASE) or name not in files:
        raise ValueError(f"not ours: {url[:80]}")
    return files[name], MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
