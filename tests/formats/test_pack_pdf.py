"""PDF files of print pages: our own bytes alone, bounded in time, one page to a handout."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.errors import PdfAway
from app.formats import pack_pdf
from app.formats.pack_pdf_child import BASE, read_own
from app.formats.qr_codes import qr_data_uri

PAGE = "<!doctype html><html lang=en-GB><title>T</title><link rel=stylesheet href=a.css><p>Words"


def test_it_reads_what_was_handed_over_and_qr_codes():
    files = {"a.css": b"p{}"}
    assert read_own(f"{BASE}a.css", files) == (b"p{}", "text/css")
    data, media_type = read_own(qr_data_uri("https://library.example/resources/x"), files)
    assert data.startswith(b"<svg")
    assert media_type == "image/svg+xml"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/a.css",
        "https://example.org/a.css",
        f"{BASE}b.css",
        f"{BASE}../a.css",
        "data:text/html,<p>",
        "ftp://x/a.css",
    ],
)
def test_it_asks_nobody_else_for_anything(url):
    with pytest.raises(ValueError, match="not ours"):
        read_own(url, {"a.css": b""})


@pytest.mark.pdf
def test_what_a_page_asks_of_others_is_not_in_its_file():
    page = f"{PAGE}<img alt=A src='file:///etc/hostname'><img alt=B src='http://127.0.0.1:9/x.png'>"
    drawn = PdfReader(BytesIO(pack_pdf.draw_pdf(page, {"a.css": b"p{color:red}"})))
    assert len(drawn.pages) == 1
    assert "Words" in drawn.pages[0].extract_text()
    assert "/Fields" not in drawn.trailer["/Root"]


@pytest.mark.pdf
def test_drawing_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pack_pdf, "LIMIT_S", 0.05)
    with pytest.raises(PdfAway, match="could not be drawn"):
        pack_pdf.draw_pdf(PAGE, {})


@pytest.mark.pdf
def test_who_comes_when_others_are_drawn_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(pack_pdf, "WAIT_S", 0.0)
    with pack_pdf._places, pytest.raises(PdfAway, match="in a minute"):
        pack_pdf.draw_pdf(PAGE, {})
