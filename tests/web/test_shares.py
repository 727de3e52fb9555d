"""The pages of sharing: sent to colleagues, found by them, and opened by secret links."""

import logging
import re

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.logs import CutSecrets, JsonLines
from app.models.pictures import Picture
from app.models.shares import ShareLink
from app.models.submissions import Attachment, RevisionAttachment
from tests.builders import a_collection, a_person, a_resource, a_school

SECRET = re.compile(r"/s/([\w-]{43})")


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def kept(session):
    """A resource of one region, with a picture and a file."""
    resource = a_resource(session, title="For Tayside", audience=Audience.REGION)
    revision = resource.revisions[0]
    revision.body_markdown += "\n![A burn](pictures/burn.svg)\n"
    revision.pictures.append(
        Picture(name="burn.svg", media_type="image/svg+xml", data=b"<svg/>", sha256="0" * 64)
    )
    file = Attachment(
        name="plan.pdf", media_type="application/pdf", size=4, sha256="1" * 64, data=b"plan"
    )
    revision.attachments.append(RevisionAttachment(attachment=file, label="A plan", position=0))
    session.flush()
    return resource


def made_link(client, resource, **more):
    path = f"/resources/{resource.slug}/share"
    made = client.send(
        f"{path}/links", {"days": "7", "uses": "1", "purpose": "", **more}, page=path
    )
    assert made.headers["Cache-Control"] == "no-store"
    return SECRET.search(made.text)[1]


def test_a_visitor_finds_the_link_the_mail_text_and_the_code(session, client):
    resource = a_resource(session)
    page = client.get(f"/resources/{resource.slug}/share")
    assert f"/resources/{resource.id}" in page.text
    assert "mailto:?subject=Outdoor%20numeracy" in page.text
    assert "Send it to colleagues" not in page.text
    assert "secret link" not in page.text
    code = client.get(f"/resources/{resource.slug}/qr.svg")
    assert (code.status_code, code.mimetype) == (200, "image/svg+xml")
    assert "sandbox" in code.headers["Content-Security-Policy"]
    saved = client.get(f"/resources/{resource.slug}/qr.png?download=1")
    assert "attachment" in saved.headers["Content-Disposition"]


def test_the_page_of_sharing_leads_on_from_a_permanent_address(session, client):
    resource = a_resource(session)
    moved = client.get(f"/resources/{resource.id}/share")
    assert (moved.status_code, moved.location) == (301, "/resources/outdoor-numeracy/share")


def test_what_somebody_may_not_read_they_cannot_share(client, kept):
    for path in ("share", "qr.svg", "qr.png"):
        assert client.get(f"/resources/{kept.slug}/{path}").status_code == 404


def test_a_colleague_finds_what_was_sent(session, as_person, lead, teacher):
    resource = a_resource(session)
    client = as_person(lead)
    path = f"/resources/{resource.slug}/share"

    sent = client.send(path, {"to": teacher.email, "message": "Read <b>this</b>"})

    assert (sent.status_code, sent.location) == (303, "/resources/outdoor-numeracy")
    mine = as_person(teacher)
    shown = mine.get("/shares")
    assert "Outdoor numeracy" in shown.text
    assert "Read &lt;b&gt;this&lt;/b&gt;" in shown.text
    assert teacher.name in client.get("/shares/sent").text


def test_the_notification_leads_to_the_share(session, as_person, lead, teacher):
    resource = a_resource(session)
    as_person(lead).send(f"/resources/{resource.slug}/share", {"to": teacher.email})
    mine = as_person(teacher)
    told = re.search(r"/notifications/\d+/open", mine.get("/notifications").text)[0]
    went = mine.send(told, page="/notifications")
    shown = mine.get(went.location)
    assert (shown.status_code, "Open it" in shown.text) == (200, True)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(session, as_person, lead):
    resource = a_resource(session)
    path = f"/resources/{resource.slug}/share"
    refused = as_person(lead).send(path, {"to": "no@sample.example", "message": "My words"})
    assert refused.status_code == 422
    assert 'href="#to"' in refused.text
    assert "Nobody with this address" in refused.text
    assert "My words" in refused.text


def test_a_share_is_taken_back(session, as_person, lead, teacher):
    resource = a_resource(session)
    client = as_person(lead)
    client.send(f"/resources/{resource.slug}/share", {"to": teacher.email})
    act = re.search(r"/shares/\d+/take-back", client.get("/shares/sent").text)[0]
    assert as_person(teacher).send(act, page="/shares/groups").status_code == 404
    client.send(act, page="/shares/sent")
    assert "Taken back on" in client.get("/shares/sent").text
    assert "Outdoor numeracy" not in as_person(teacher).get("/shares").text


def test_a_group_is_made_filled_renamed_and_deleted(as_person, lead, teacher):
    client = as_person(lead)
    where = client.send("/shares/groups", {"name": "Numeracy"}).location
    client.send(where, {"email": teacher.email})
    assert teacher.name in client.get(where).text
    assert client.send(where, {"email": "no@sample.example"}).status_code == 422
    client.send(f"{where}/change", {"do": "rename", "name": "Number"}, page=where)
    assert "Group “Number”" in client.get(where).text
    assert client.send(f"{where}/change", {"do": "else"}, page=where).status_code == 400
    assert as_person(teacher).get(where).status_code == 404
    remove = {"do": "remove", "person_id": teacher.id}
    client.send(f"{where}/change", remove, page=where)
    assert teacher.name not in client.get(where).text
    client.send(f"{where}/change", {"do": "delete"}, page=where)
    assert client.get(where).status_code == 404


def test_a_link_lets_a_stranger_read_that_one_thing(session, app, as_person, client, lead, kept):
    secret = made_link(as_person(lead), kept)

    door = client.get(f"/s/{secret}")
    assert "For Tayside" not in door.text
    assert door.headers["Referrer-Policy"] == "same-origin"
    entered = client.send(f"/s/{secret}")
    assert (entered.status_code, secret in entered.location) == (303, False)
    shown = client.get(entered.location)

    assert "For Tayside" in shown.text
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    for path in (
        f"{entered.location}/pictures/burn.svg",
        f"{entered.location}/items/{kept.id}/attachments/plan.pdf",
    ):
        assert path in shown.text
        assert client.get(path).status_code == 200
    # And through no other door, nor in another browser.
    assert client.get(f"/resources/{kept.slug}").status_code == 404
    assert client.get("/pictures/burn.svg").status_code == 404
    assert app.test_client().get(entered.location).status_code == 404


def test_the_door_opens_over_https_too(as_person, client, lead, kept):
    secret = made_link(as_person(lead), kept)
    door = client.get(f"/s/{secret}", base_url="https://localhost")
    token = re.search(r'name="csrf_token" value="([^"]+)"', door.text)[1]
    entered = client.post(
        f"/s/{secret}",
        data={"csrf_token": token},
        base_url="https://localhost",
        headers={"Referer": f"https://localhost/s/{secret}"},
    )
    assert entered.status_code == 303


def test_a_single_use_is_over_for_the_next(app, as_person, client, lead, kept):
    secret = made_link(as_person(lead), kept)
    client.send(f"/s/{secret}")
    for again in (app.test_client().get(f"/s/{secret}"), client.get(f"/s/{secret}")):
        assert again.status_code == 410
        assert "has been used" in again.text


def test_a_revoked_link_gives_410_at_once(session, as_person, client, lead, kept):
    maker = as_person(lead)
    secret = made_link(maker, kept, uses="0")
    where = client.send(f"/s/{secret}").location
    act = re.search(r"/shares/links/\d+/revoke", maker.get("/shares/sent").text)[0]
    maker.send(act, page="/shares/sent")
    for path in (where, f"/s/{secret}", f"{where}/pictures/burn.svg"):
        assert client.get(path).status_code == 410


def test_an_unknown_link_is_not_found(client):
    assert client.get(f"/s/{'x' * 43}").status_code == 404
    assert client.get("/s/opened/1").status_code == 404


def test_no_line_of_the_log_holds_the_secret(as_person, client, lead, kept, caplog):
    secret = made_link(as_person(lead), kept)
    with caplog.at_level(logging.DEBUG):
        client.send(f"/s/{secret}")
        client.get(f"/s/{secret}")
    assert secret not in caplog.text
    line = logging.LogRecord("x", 20, "", 1, '"GET /s/%s HTTP/1.1" 200', (secret,), None)
    assert secret not in JsonLines().format(line)
    CutSecrets().filter(line)
    assert line.getMessage() == '"GET /s/… HTTP/1.1" 200'


def test_a_form_without_its_secret_makes_and_uses_nothing(session, app, as_person, lead, kept):
    secret = made_link(as_person(lead), kept)
    assert app.test_client().post(f"/s/{secret}").status_code == 400
    assert session.query(ShareLink).one().uses == 0


def test_a_reader_who_does_not_keep_it_is_offered_no_link(as_person, teacher, kept):
    assert "A secret link" not in as_person(teacher).get(f"/resources/{kept.slug}/share").text


def test_a_collections_link_shows_what_it_opens(session, as_person, client, lead, kept):
    far = a_school(session, "Invented Links Primary School", "fife", "south-east")
    others = a_resource(session, title="Theirs", audience=Audience.STAFF, region=far.region)
    held = a_collection(session, lead, (kept, others), audience=Audience.REGION)
    held.introduction = "Read *both* before noon."
    for item, words in zip(held.sections[0].items, ("Begin here.", "Never opened."), strict=True):
        item.note = words
    session.flush()
    path = f"/collections/{held.slug}/share"
    maker = as_person(lead)
    made = maker.send(f"{path}/links", {"days": "1", "uses": "5"}, page=path)
    where = client.send(f"/s/{SECRET.search(made.text)[1]}").location
    shown = client.get(where)
    assert "For Tayside" in shown.text
    assert "Theirs" not in shown.text
    assert "1 item is not shown" in shown.text
    assert "Read <em>both</em> before noon." in shown.text
    assert "Begin here." in shown.text
    assert "Never opened." not in shown.text
    assert client.get(f"{where}/items/{kept.id}").status_code == 200
    assert client.get(f"{where}/items/{others.id}").status_code == 404
