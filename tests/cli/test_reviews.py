"""flask reviews: what is due is published once, whoever is asked, and what waits is told."""

import threading
from datetime import timedelta

import pytest

from app import db
from app.cli.reviews import reviews
from app.domain.errors import WrongState
from app.domain.people import OPERATOR, Role
from app.domain.workflow import State
from app.followers.due import is_anything_due
from app.models.outbox import OutboxEvent
from app.models.resources import Revision
from app.services.reviews import deciding
from tests.builders import a_draft, a_person, utc_now


@pytest.fixture
def run(library):
    library.run("db", "upgrade")
    app = library.app()
    app.cli.add_command(reviews)
    return lambda *words: app.test_cli_runner().invoke(args=["reviews", *words])


def approved(minutes, number=1):
    """Keep so many approved revisions whose moment comes in so many minutes; return their ids."""
    with db.unit_of_work() as session:
        head = a_person(session, Role.HEADTEACHER)
        at = utc_now() + timedelta(minutes=minutes)
        made = [
            a_draft(session, head, state=State.APPROVED, publish_at=at, submitted_at=utc_now())
            for _ in range(number)
        ]
        return [revision.id for revision in made]


def states(ids):
    with db.reading() as session:
        return [session.get_one(Revision, revision_id).state for revision_id in ids]


def test_what_is_due_is_published_and_the_rest_is_left(run):
    due, later = approved(-1), approved(60)
    assert is_anything_due()
    assert run("publish-due").stdout == "published: 1\n"
    assert run("publish-due").stdout == "published: 0\n"
    assert states(due + later) == [State.PUBLISHED, State.APPROVED]
    assert not is_anything_due()


def test_two_at_once_publish_each_thing_once(run):
    ids = approved(-1, number=6)
    gate, said = threading.Barrier(2), []

    def publish():
        gate.wait()
        now = utc_now()
        for revision_id in ids:
            with db.unit_of_work() as session:
                said.append(deciding.publish_due(session, OPERATOR, revision_id, now))

    threads = [threading.Thread(target=publish) for _ in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(said), sum(said)) == (12, 6)
    assert set(states(ids)) == {State.PUBLISHED}
    with db.reading() as session:
        assert session.query(OutboxEvent).filter_by(kind="resource.published").count() == 12


def test_one_that_cannot_be_published_keeps_no_other_from_its_day(run, monkeypatch):
    first, second = approved(-2), approved(-1)
    publish = deciding.publish_due

    def publish_but_one(session, actor, revision_id, now):
        if revision_id == first[0]:
            raise WrongState("It cannot be done.")
        return publish(session, actor, revision_id, now)

    monkeypatch.setattr(deciding, "publish_due", publish_but_one)
    done = run("publish-due")
    assert (done.exit_code, done.stdout) == (1, "published: 1\n")
    assert done.stderr == f"revision {first[0]}: It cannot be done.\n"
    assert states(second) == [State.PUBLISHED]


def test_what_waits_is_listed_without_its_title(run):
    [revision_id] = approved(60)
    said = run("list").stdout
    assert said.startswith(f"{revision_id}: approved, tayside, submitted 20")
    assert "to be published 20" in said
    assert said.endswith("1 in review, 0 overdue\n")
    assert "numeracy" not in said
