"""Files for download: only known kinds, told by their bytes, none that does things by itself."""

import pytest

from app.domain.errors import TooLarge
from app.formats.attachments import NotAnAttachment, attachment_name, kind_label, media_type
from tests.formats.attachment_files import (
    CSV,
    PDF,
    PNG_HEAD,
    a_package,
    an_office_file,
    an_open_document,
)

WORD_LINKS = b'<Relationship Type="x/attachedTemplate" TargetMode="External" Target="http://x"/>'


@pytest.mark.parametrize(
    ("name", "data", "label"),
    [
        ("a.pdf", PDF, "PDF"),
        ("a.docx", an_office_file(), "Word"),
        ("A.XLSX", an_office_file("xl/workbook.xml"), "Excel"),
        ("a.pptx", an_office_file("ppt/presentation.xml"), "PowerPoint"),
        ("a.odt", an_open_document(), "OpenDocument text"),
        ("a.ods", an_open_document("spreadsheet"), "OpenDocument spreadsheet"),
        ("a.odp", an_open_document("presentation"), "OpenDocument slides"),
        ("a.csv", CSV, "CSV table"),
        ("a.txt", "Gàidhlig\n".encode(), "Plain text"),
        ("a.md", b"# Words\n", "Markdown"),
        ("a.mp3", b"ID3\x04" + b"\0" * 9, "MP3 sound"),
        ("a.mp4", b"\0\0\0\x20ftypisom" + b"\0" * 9, "MP4 film"),
        ("a.png", PNG_HEAD, "PNG picture"),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 9, "JPEG picture"),
    ],
)
def test_each_kind_is_known_by_its_bytes(name, data, label):
    assert kind_label(media_type(name, data)) == label


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.docx", PDF, "its content is PDF"),
        ("a.pdf", an_office_file(), "its content is Word"),
        ("a.docm", an_office_file(), "name it .docx"),
        ("a.docx", an_office_file("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("a.xlsx", an_office_file("xl/workbook.xml", "xl/macrosheets/s.xml"), "macros"),
        ("a.odt", an_open_document("text", "Basic/script.xml"), "macros"),
        (
            "a.docx",
            an_office_file(
                "word/document.xml",
                "word/_rels/settings.xml.rels",
                word__rels_settings_xml_rels=WORD_LINKS,
            ),
            "template from elsewhere",
        ),
        ("a.zip", a_package("x.txt"), "none of the kinds"),
        ("a.docx", b"PK\x03\x04 not a zip", "none of the kinds"),
        ("a.html", b"<p>Words</p>", "none of the kinds"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "none of the kinds"),
        ("a.txt", b"  <!DOCTYPE html><script>alert(1)</script>", "none of the kinds"),
        ("a.csv", b"a,b\0c", "none of the kinds"),
        ("a.txt", b"\xff\xfe\x00w", "none of the kinds"),
        ("a.exe", b"MZ\x90\0", "none of the kinds"),
        ("a", b"", "none of the kinds"),
    ],
)
def test_whatever_is_not_known_or_does_things_is_refused(name, data, why):
    with pytest.raises(NotAnAttachment, match=why):
        media_type(name, data)


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(TooLarge, match="over 1 MiB"):
        media_type("a.pdf", PDF + b"\0" * 1024 * 1024, limit_mb=1)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("planner.docx", "planner.docx"),
        ("Our planner (final).DOCX", "our-planner-final.docx"),
        ("..\\..\\etc/passwd.txt", "passwd.txt"),
        ("Clàr-ama.pdf", "clar-ama.pdf"),
        ("???.pdf", "file.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_names_are_made_plain(given, name):
    assert attachment_name(given) == name
