"""The front door."""

import pytest
from sqlalchemy import event

from app.domain.people import Role
from app.domain.workflow import State
from tests.builders import a_draft, a_person, a_resource


def test_home_offers_the_search_box_the_newest_and_the_ways_to_browse(client, session, index_now):
    a_resource(session, title="Outdoor numeracy", terms={"stage": ("p5",), "theme": ("numeracy",)})
    index_now()

    page = client.get("/").text

    assert 'name="q"' in page
    assert "Outdoor numeracy" in page
    assert 'href="/browse/stage/p5"' in page
    assert 'href="/browse/theme/numeracy"' in page


def test_home_offers_no_way_to_browse_that_leads_to_nothing(client, session, index_now):
    a_resource(session, terms={"stage": ("p5",)})
    index_now()

    assert 'href="/browse/stage/s6"' not in client.get("/").text


def test_home_still_opens_while_search_is_away(client, without_search):
    page = client.get("/")

    assert page.status_code == 200
    assert "Search is being put in order" in page.text
    assert 'href="/browse/stage"' in page.text


def test_home_tells_a_teacher_what_waits_for_them(as_person, session, index_now):
    teacher = a_person(session, Role.TEACHER)
    a_draft(session, teacher, state=State.CHANGES_WANTED, title="Number <talks>")
    index_now()
    page = as_person(teacher).get("/").text
    assert "Waiting for you" in page
    assert "Make the changes that were asked for: Number &lt;talks&gt;" in page


@pytest.mark.parametrize("role", set(Role) - {Role.VISITOR})
def test_home_opens_for_every_role_with_nothing_to_do(as_person, session, role):
    page = as_person(a_person(session, role)).get("/")
    assert page.status_code == 200
    assert "Waiting for you" not in page.text


def test_a_visitors_home_asks_the_database_nothing(client, session, engine):
    a_draft(session, a_person(session))
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    client.get("/")
    assert [words for words in asked if words.startswith("SELECT")] == []
