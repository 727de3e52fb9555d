"""GET /health, as a machine that watches meets it."""

from app.domain.events import EventKind, Follower
from app.models.outbox import OutboxEvent
from app.services import ledger


def test_a_library_that_is_well_says_so(client, session, search):
    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer.json["is_well"] is True
    assert answer.json["documents"] == 7
    assert answer.json["index_updated_at"] == "2026-11-02T00:00:00Z"
    assert answer.json["index_age_s"] > 0
    assert answer.json["waiting"] == 0
    assert answer.json["oldest_waiting_s"] is None


def test_what_waits_for_the_index_is_counted(client, session, search):
    ledger.record(session, EventKind.RESOURCE_PUBLISHED, "01JD8Q2V7NFTK9M4C3XH6RBWZE")
    session.flush()

    answer = client.get("/health").json

    assert answer["waiting"] == 1
    assert answer["oldest_waiting_s"] >= 0


def test_without_an_index_the_same_body_comes_with_503(client, session, search):
    search.is_away = True

    answer = client.get("/health")

    assert answer.status_code == 503
    assert answer.mimetype == "application/json"
    assert answer.json["is_well"] is False
    assert answer.json["is_database_up"] is True
    assert answer.json["is_index_up"] is False
    assert answer.json["documents"] is None


def test_it_is_never_kept(client, session, search):
    assert client.get("/health").headers["Cache-Control"] == "no-store"


def test_letters_that_wait_are_counted_and_mail_that_is_not_set_up_is_told(client, session, search):
    session.add(OutboxEvent(follower=Follower.MAIL, kind=EventKind.PERSON_TOLD, subject_id="1"))
    session.flush()
    answer = client.get("/health").json
    assert (answer["letters_waiting"], answer["mail_hindrance"]) == (1, "")
    assert answer["waiting"] == 0, "the index waits for none of them"
