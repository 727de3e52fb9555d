"""Pages of the vocabularies: who sees them, and what stands on them."""

import pytest

from app.domain.people import Role
from tests.builders import a_person, a_resource
from tests.content_app import TAXONOMY


@pytest.fixture
def keeper(as_person, session):
    return as_person(a_person(session, Role.ADMINISTRATOR))


def test_the_vocabularies_are_listed_with_what_they_hold(keeper):
    page = keeper.get("/terms").text
    assert "48 terms in use" in page
    assert 'href="/terms/regions"' in page


def test_the_menu_leads_administrators_there_and_nobody_else(as_person, session, keeper):
    assert 'href="/terms"' in keeper.get("/").text
    lead = as_person(a_person(session, Role.REGIONAL_LEAD))
    assert 'href="/terms"' not in lead.get("/").text
    assert lead.get("/terms").status_code == 403


def test_a_vocabulary_shows_counts_and_what_is_yet_to_be_checked(keeper, session):
    a_resource(session, terms={"stage": ("p5",)})
    page = keeper.get("/terms/stages").text
    row = page[page.index('id="term-p5"') :]
    assert "1 resource" in row[: row.index("</li>")]
    assert "To be checked" in row[: row.index("</li>")]
    assert keeper.get("/terms/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/terms/themes/nothing/edit", "/terms/nothing/new"])
def test_what_is_not_there_is_not_found(keeper, path):
    assert keeper.get(path).status_code == 404


def test_every_vocabulary_and_the_form_of_its_first_term_can_be_opened(keeper):
    for vocabulary in TAXONOMY.vocabularies.values():
        assert keeper.get(f"/terms/{vocabulary.name}").status_code == 200
        code = vocabulary.terms[0].code
        assert keeper.get(f"/terms/{vocabulary.name}/{code}/edit").status_code == 200


def test_what_is_own_knowledge_is_marked_where_it_is_edited(keeper):
    page = keeper.get("/terms/levels/early/edit").text
    assert page.count("What stands here is own knowledge") == 1
    hint = page[page.index('id="label_gd-hint"') :]
    assert "To be checked" in hint[: hint.index("</p>")]
    assert "Checked against their source" in page
    assert "own knowledge" not in keeper.get("/terms/levels/first/edit").text
