"""Pages and files of a network day's pack."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from app.domain.audience import Audience
from app.domain.people import Role
from app.formats import pack_pdf
from app.models.pictures import Picture
from app.models.submissions import Attachment, RevisionAttachment
from tests.builders import a_collection, a_person, a_resource

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
FILES = ("pdf", "docx", "zip")
PDF_DOOR = pytest.param(".pdf", marks=pytest.mark.pdf)
LONG = "Every class looked again at what it had counted, and wrote down in its own words why. " * 6
BODY = "".join(
    f"## {heading}\n\n{LONG}\n\n{LONG}\n\n- one\n- two\n\n"
    for heading in ("Context", "What we did", "How we know", "Impact", "What we would change")
)


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD, region="tayside")


@pytest.fixture
def collection(session, lead):
    """A public collection: one item with a picture and a file, a Gaelic one, a restricted one."""
    body = f"{BODY}\n![A row of pegs](pictures/pegs.png)\n\n[Play](/resources/cluiche-a-muigh)"
    body += " and [others](/resources/elsewhere#context)\n"
    first = a_resource(
        session,
        title="Number talks",
        body=body,
        summary="Pupil Equity Funding paid for pegs.",
        evidence_grade="repeated",
        terms={"stage": ("p5",), "theme": ("pef",)},
    )
    held = Picture(name="pegs.png", media_type="image/png", sha256="a" * 64, data=PNG)
    first.published.pictures.append(held)
    offered = Attachment(
        name="plan.csv", media_type="text/csv", size=3, sha256="b" * 64, data=b"a,b"
    )
    first.published.attachments.append(
        RevisionAttachment(attachment=offered, label="The plan", position=0)
    )
    second = a_resource(
        session, title="Cluiche a-muigh", language="gd", body="## Context\n\nSeo.\n"
    )
    secret = a_resource(session, title="Quiet room", audience=Audience.REGION)
    made = a_collection(
        session,
        lead,
        (first, second, secret),
        introduction="Come and *talk*.",
        summary="Talking about number.",
    )
    made.sections[0].items[0].note = "Ask who counted."
    session.flush()
    return made


@pytest.fixture
def path(collection):
    return f"/collections/{collection.slug}/pack"


@pytest.fixture
def signed_in(as_person, lead):
    return as_person(lead)


@pytest.fixture(autouse=True)
def _pdf_can_be_drawn(monkeypatch):
    """Let pages offer PDF wherever these tests run; tests that draw one are marked."""
    monkeypatch.setattr(pack_pdf, "can_draw_pdf", lambda: True)


def test_a_lead_sees_what_comes_of_it_and_what_is_left_out(signed_in, path):
    page = signed_in.get(path).text
    for words in ("09:30–09:45", "09:45–10:15", "Number talks", "1 item is left out", "Quiet room"):
        assert words in page
    for ending in FILES:
        assert f"{path}.{ending}?" in page
    assert "kB" in page


def test_a_visitor_may_print_but_is_asked_to_sign_in_for_files(client, path):
    page = client.get(path).text
    assert "Quiet room" not in page
    assert f"{path}/print?" in page
    assert "Sign in" in page
    assert f"{path}.pdf" not in page
    assert client.get(f"{path}/print").status_code == 200
    assert [client.get(f"{path}.{ending}").status_code for ending in FILES] == [403] * 3


def test_the_day_is_filled_in_and_kept_in_the_address(signed_in, path):
    page = signed_in.get(
        path,
        query_string={
            "title": "Number day",
            "held_on": "2026-12-03",
            "place": "Invented Hall, Perth",
            "start": "13:00",
            "welcome_minutes": "0",
            "item_minutes": "20",
            "break_after": "1",
        },
    ).text
    for words in ("13:00–13:20", "13:20–13:35", "3 December 2026", "held_on=2026-12-03"):
        assert words in page
    shown = re.search(r'href="([^"]+/print\?[^"]+)"', page)[1].replace("&amp;", "&")
    printed = signed_in.get(shown).text
    for words in ("<h1>Number day</h1>", "Invented Hall, Perth", "13:00 to", "Break"):
        assert words in printed


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("start=soon", "Give the time as hours and minutes: 09:30."),
        ("held_on=next+week", "Give the date as year, month and day"),
        ("held_on=0001-01-01", "Give a day from 2000 to 2100."),
        ("item_minutes=-1", "Give the minutes as a whole number from 0 to 240."),
        ("item_minutes=many", "Give the minutes as a whole number from 0 to 240."),
        ("title=" + "x" * 201, "Shorten the title"),
        ("for_whom=nobody", "Not a valid choice"),
        ("break_after=99", "Not a valid choice"),
        ("start=23:50", "The day would go past midnight"),
    ],
)
@pytest.mark.parametrize("door", ["", "/print", ".zip"])
def test_what_cannot_be_is_told_at_the_field(signed_in, path, asked, said, door):
    answer = signed_in.get(f"{path}{door}?{asked}&place=Invented+Hall")
    assert answer.status_code == 422
    assert said in answer.text
    assert "Invented Hall" in answer.text


def test_a_control_character_reaches_no_file(signed_in, path):
    answer = signed_in.get(f"{path}.docx?title=Day%00%08&place=%1Fhall")
    assert answer.status_code == 200
    assert Document(BytesIO(answer.data)).paragraphs[0].text == "Day"


def test_a_former_address_leads_to_the_present_one(signed_in, collection, path):
    answer = signed_in.get(f"/collections/{collection.id}/pack?place=Perth&address=x")
    assert answer.status_code == 301
    assert answer.location.endswith(f"{path}?place=Perth&address=x")


def test_the_print_pages_hold_the_whole_day(client, path):
    page = client.get(f"{path}/print").text
    for words in (
        "Running order",
        "Facilitator’s notes",
        "Ask who counted.",
        "Sign-in sheet",
        "destroys it within four weeks",
        "What will you try",
        "What got in the way",
        "Practice evidence, not a trial",
        'lang="gd"',
        "data:image/svg+xml",
    ):
        assert words in page
    assert "Quiet room" not in page


@pytest.mark.parametrize("for_whom", ["public", "staff"])
@pytest.mark.parametrize("door", ["/print", ".docx", ".zip", PDF_DOOR])
def test_a_region_only_item_is_in_no_form_of_a_pack_for_others(signed_in, path, door, for_whom):
    answer = signed_in.get(f"{path}{door}?for_whom={for_whom}")
    assert answer.status_code == 200
    words = answer.data
    if door == ".pdf":
        words = "".join(p.extract_text() for p in PdfReader(BytesIO(words)).pages).encode()
    elif door in (".zip", ".docx"):
        with ZipFile(BytesIO(words)) as packed:
            words = b"".join(packed.read(name) for name in packed.namelist())
    assert b"Quiet room" not in words
    assert b"quiet-room" not in words


def test_a_pack_for_the_region_holds_it(signed_in, path):
    assert "Quiet room" in signed_in.get(f"{path}/print?for_whom=region").text


def test_the_word_file_has_headings_header_rows_and_words_for_pictures(signed_in, path):
    answer = signed_in.get(f"{path}.docx?held_on=2026-12-03")
    assert "attachment" in answer.headers["Content-Disposition"]
    document = Document(BytesIO(answer.data))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Running order",
        "Facilitator’s notes",
        "Number talks",
        "Cluiche a-muigh",
        "Sign-in sheet",
        "Feedback",
    ]
    assert [cell.text for cell in document.tables[1].rows[0].cells][:2] == [
        "Name",
        "School or service",
    ]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', document.element.xml)
    assert len(described) == 2
    assert all(words.startswith("QR code of http") for words in described)
    assert document.core_properties.language == "en-GB"
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert 'w:lang w:val="gd-GB"' in document.element.xml


@pytest.mark.parametrize("ending", ["docx", "zip"])
def test_the_same_pack_is_the_same_bytes(signed_in, path, ending):
    first, second = (signed_in.get(f"{path}.{ending}").data for _ in range(2))
    assert first == second


def zipped(client, path, asked=""):
    answer = client.get(f"{path}.zip{asked}")
    assert answer.status_code == 200
    packed = ZipFile(BytesIO(answer.data))
    return {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}


def test_the_zip_holds_whole_pages_their_pictures_and_a_search(signed_in, path):
    files = zipped(signed_in, path)
    page = files["items/01.html"].decode()
    for words in ("What we would change", 'src="../pictures/pegs.png"', "Content-Security-Policy"):
        assert words in page
    assert files["pictures/pegs.png"] == PNG
    assert b"pupil equity fund" in files["assets/index.js"]
    assert b"Number talks" in files["README.txt"]
    assert "files/plan.csv" not in files
    assert "in the library only" in page
    assert b'href="items/02.html"' in files["index.html"]


def test_links_between_resources_lead_beside_or_to_the_library(signed_in, path):
    page = zipped(signed_in, path)["items/01.html"].decode()
    assert 'href="02.html"' in page
    assert 'href="http://localhost/resources/elsewhere#context"' in page


def test_the_zip_holds_files_for_download_where_they_are_wanted(signed_in, path):
    files = zipped(signed_in, path, "?with_files=y")
    assert files["files/plan.csv"] == b"a,b"
    assert 'href="../files/plan.csv"' in files["items/01.html"].decode()


def test_what_is_in_the_zip_asks_no_server_for_anything(signed_in, path):
    files = zipped(signed_in, path)
    for name, data in files.items():
        if name.endswith(".html"):
            asked = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', data.decode())
            assert asked
            assert not [a for a in asked if a.startswith(("http", "//", "/"))], name
            assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", data.decode())


@pytest.mark.pdf
def test_the_pdf_is_tagged_titled_and_has_a_page_to_each_handout(signed_in, path):
    answer = signed_in.get(f"{path}.pdf?title=Number+day")
    assert answer.mimetype == "application/pdf"
    assert "network-day-talking-about-number.pdf" in answer.headers["Content-Disposition"]
    drawn = PdfReader(BytesIO(answer.data))
    root = drawn.trailer["/Root"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert drawn.metadata.title.startswith("Number day")
    texts = [page.extract_text() for page in drawn.pages]
    # Cover, order, notes, two handouts, sign-in, feedback.
    assert len(texts) == 7
    assert "Number talks" in texts[3]
    assert "Cluiche a-muigh" in texts[4]
    assert "/resources/" in texts[3]


def test_where_nothing_draws_pdf_files_the_page_says_so(signed_in, path, monkeypatch):
    monkeypatch.setattr(pack_pdf, "can_draw_pdf", lambda: False)
    page = signed_in.get(path).text
    assert "PDF files cannot be made here" in page
    assert f"{path}.pdf" not in page
    answer = signed_in.get(f"{path}.pdf")
    assert answer.status_code == 503
    assert "Print the pages from your browser" in answer.text


def test_an_empty_collection_makes_no_pack_but_a_page(session, as_person, lead):
    empty = a_collection(session, lead, title="Nothing yet")
    page = as_person(lead).get(f"/collections/{empty.slug}/pack")
    assert page.status_code == 200
    assert "There is nothing in this pack" in page.text
    assert as_person(lead).get(f"/collections/{empty.slug}/pack.zip").status_code == 200


@pytest.mark.parametrize("door", ["", "/print", *(f".{ending}" for ending in FILES)])
def test_a_collection_that_is_not_theirs_is_not_there(session, as_person, lead, door):
    held = a_collection(session, lead, audience=Audience.REGION)
    stranger = as_person(a_person(session, region="northern", authority="highland"))
    assert stranger.get(f"/collections/{held.slug}/pack{door}").status_code == 404


@pytest.mark.pdf
def test_the_widest_words_still_keep_to_a_page_each(session, as_person, lead):
    wide = [
        a_resource(
            session,
            title=f"{letter * 6} {letter * 12} {n}",
            summary=f"{letter * 5} " * 40,
            body="".join(
                f"## {heading}\n\n" + f"{f'{letter * 7} ' * 25}\n\n" * 9
                for heading in ("Context", "What we did", "Impact")
            ),
        )
        for n, letter in enumerate("WmiA")
    ]
    held = a_collection(session, lead, tuple(wide))
    answer = as_person(lead).get(f"/collections/{held.slug}/pack.pdf")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages]
    heads = [n for n, text in enumerate(pages) if "Case study" in text]
    assert heads == list(range(heads[0], heads[0] + 4))
    assert "Sign-in sheet" in pages[heads[-1] + 1]
