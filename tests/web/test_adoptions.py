"""The pages of “I tried this”."""

import re
from datetime import date

import pytest

from app.domain.audience import Audience
from app.domain.evidence import Outcome
from app.domain.moments import utc_now
from app.domain.people import Role
from app.models.adoptions import Adoption, Evaluation
from app.services.adoptions.saying import this_month
from tests.builders import a_person, a_resource, a_school, an_adoption

NAMED = "Our pupil Jamie MacDonald needed more time."
SAID = {"stages": "p5", "outcome": "worked", "would_repeat": "yes"}
STUDY = {
    "title": "Number talks: a study",
    "evaluator": "An invented university",
    "source": "https://study.example/1",
}


@pytest.fixture
def resource(session):
    return a_resource(session, title="Number talks", terms={"stage": ("p5",)})


@pytest.fixture
def school(session):
    return a_school(session, "Invented Links Primary School", "fife", "south-east")


@pytest.fixture
def teacher(session, school):
    return a_person(session, Role.TEACHER, school=school, name="Invented Teacher Person")


@pytest.fixture
def form():
    return {**SAID, "tried_on": f"{this_month():%Y-%m}"}


TRIED = "/resources/number-talks/tried"


def test_a_teacher_says_it_in_a_minute(session, resource, teacher, as_person, form):
    client = as_person(teacher)
    assert f'href="{TRIED}"' in client.get("/resources/number-talks").text
    asked = client.get(TRIED).text
    assert re.search(r'name="stages" value="p5" checked', asked), "the only stage is preset"
    assert f'<option selected value="{this_month():%Y-%m}">' in asked

    answer = client.send(TRIED, form)

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/resources/number-talks#tried",
    )
    page = client.get("/resources/number-talks").text
    assert "Invented Links Primary School, Fife" in page
    assert "1 school</a> tried it" in page
    assert "Invented Teacher Person" not in re.sub(r"(?s)<header.*?</header>", "", page, count=1)


def test_of_several_stages_none_is_preset(session, teacher, as_person):
    a_resource(session, title="Number talks", terms={"stage": ("p5", "p6")})
    page = as_person(teacher).get(TRIED).text
    assert not re.search(r'name="stages" value="\w+" checked', page)
    assert page.index('value="p6"') < page.index("Other stages") < page.index('value="p1"')


def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(resource, teacher, as_person):
    answer = as_person(teacher).send(TRIED, {"changes": "We did it outdoors.", "stages": "p4"})

    assert answer.status_code == 422
    assert 'id="outcome-error"' in answer.text
    assert "Say whether you would do it again" in answer.text
    assert "We did it outdoors." in answer.text
    assert re.search(r'name="stages" value="p4" checked', answer.text)


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"tried_on": "2099-01"}, "tried_on-error"),
        ({"tried_on": "nonsense"}, "tried_on-error"),
        ({"stages": "p17"}, "stages-error"),
        ({"outcome": "magic"}, "outcome-error"),
        ({"changes": "a" * 1501}, "changes-error"),
    ],
)
def test_odd_values_are_refused_at_their_field(resource, teacher, as_person, form, wrong, at):
    answer = as_person(teacher).send(TRIED, {**form, **wrong})
    assert answer.status_code == 422
    assert f'id="{at}"' in answer.text


def test_words_about_a_pupil_are_asked_about_once(session, resource, teacher, as_person, form):
    client = as_person(teacher)
    asked = client.send(TRIED, {**form, "changes": NAMED})
    assert asked.status_code == 422
    assert "Is this about a pupil or a private person? “pupil Jamie MacDonald”" in asked.text
    [agreed] = re.findall(r'name="agreed" value="([^"]+)"', asked.text)
    assert session.query(Adoption).count() == 0

    kept = client.send(TRIED, {**form, "changes": NAMED, "agreed": agreed})
    assert kept.status_code == 303
    assert session.query(Adoption).one().changes == NAMED


def test_it_is_changed_and_deleted_from_the_list_of_what_was_tried(
    session, resource, teacher, as_person, form
):
    adoption = an_adoption(session, resource, teacher, stages="p5", tried_on=date(2019, 5, 1))
    client, path = as_person(teacher), f"/tries/{adoption.id}"
    assert f'href="{path}"' in client.get("/tries").text
    assert '<option selected value="2019-05">May 2019' in client.get(path).text

    assert client.send(path, {**form, "tried_on": "2019-05", "outcome": "not"}).status_code == 303
    session.refresh(adoption)
    assert (adoption.outcome, adoption.tried_on) == (Outcome.NOT, date(2019, 5, 1))

    assert "This cannot be undone" in client.get(f"{path}/delete").text
    assert client.send(f"{path}/delete").status_code == 303
    assert client.get(path).status_code == 404
    assert "Nothing yet" in client.get("/tries").text


def test_nothing_of_others_can_be_changed(session, resource, teacher, as_person):
    adoption = an_adoption(session, resource, teacher)
    other = as_person(a_person(session, Role.HEADTEACHER))
    assert other.get(f"/tries/{adoption.id}").status_code == 404
    assert other.get(f"/tries/{adoption.id}/delete").status_code == 404


def test_a_headteacher_sees_who_of_the_school_recorded_it(
    session, resource, teacher, school, as_person
):
    an_adoption(session, resource, teacher)
    head = a_person(session, Role.HEADTEACHER, school=school)
    assert "Recorded by Invented Teacher Person" in as_person(head).get("/tries").text


def test_the_page_tells_where_it_was_tried_and_how_it_went(session, resource, teacher, client):
    for number in range(6):
        an_adoption(
            session,
            resource,
            teacher,
            changes=f"Change {number} <b>.",
            tried_on=date(2026, number + 1, 1),
        )
    page = client.get("/resources/number-talks").text

    assert "Tried in 1 school, in 1 authority and 1 region." in page
    assert "Change 5 &lt;b&gt;." in page
    assert "Change 0" not in page, "the latest five"
    assert "See all 6 tries" in page
    assert "Practice evidence, not a trial" in page
    assert 'href="/help/trying-and-asking#what-the-evidence-words-mean"' in page
    assert 'id="what-the-evidence-words-mean"' in client.get("/help/trying-and-asking").text


def test_all_tries_are_listed_by_region_and_outcome(session, resource, teacher, client):
    here = a_person(session, Role.TEACHER)
    for number in range(25):
        an_adoption(session, resource, here, changes=f"Here {number}.")
    an_adoption(session, resource, teacher, outcome=Outcome.NOT, changes="There.")

    page = client.get("/resources/number-talks/tries?region=tayside").text
    assert "25 tries" in page
    assert "There." not in page
    assert "?page=2&amp;region=tayside" in page
    assert "There." in client.get("/resources/number-talks/tries?outcome=not").text
    odd = client.get("/resources/number-talks/tries?region=narnia&outcome=x&page=-1")
    assert "26 tries" in odd.text


def test_hidden_words_are_shown_to_their_own_alone(session, resource, teacher, as_person, client):
    an_adoption(session, resource, teacher, changes="Not fit to be read.", hidden_at=utc_now())
    for path in ("/resources/number-talks", "/resources/number-talks/tries"):
        page = client.get(path).text
        assert "Not fit to be read." not in page
        assert "No school has said" in page
    assert "Hidden by those who moderate" in as_person(teacher).get("/tries").text


def test_tries_of_a_restricted_resource_are_as_hidden_as_it_is(session, teacher, client):
    resource = a_resource(session, title="Number talks", audience=Audience.REGION)
    an_adoption(session, resource, a_person(session, Role.TEACHER), changes="Shorter.")
    assert client.get("/resources/number-talks/tries").status_code == 404


def test_a_former_address_leads_to_the_tries(session, resource, client):
    answer = client.get(f"/resources/{resource.id}/tries")
    assert answer.headers["Location"] == "/resources/number-talks/tries"


def test_visitors_are_told_how_to_take_part(resource, client):
    page = client.get("/resources/number-talks").text
    assert "No school has said yet that it tried this." in page
    assert f'href="{TRIED}"' not in page


def test_a_lead_records_an_evaluation_with_its_source_and_removes_it(session, resource, as_person):
    client = as_person(a_person(session, Role.REGIONAL_LEAD))
    path = "/resources/number-talks/evaluations/new"
    assert f'href="{path}"' in client.get("/resources/number-talks").text
    assert client.send(path, {**STUDY, "source": "a colleague"}).status_code == 422
    assert client.send(path, STUDY).status_code == 303

    page = client.get("/resources/number-talks").text
    assert "Externally evaluated" in page
    assert '<a href="https://study.example/1" rel="nofollow noopener">' in page
    [evaluation] = session.query(Evaluation)
    remove = f"/resources/number-talks/evaluations/{evaluation.id}/remove"
    assert client.send(remove).status_code == 303
    assert "Number talks: a study" not in client.get("/resources/number-talks").text


def test_a_citation_is_no_link(session, resource, client):
    lead = a_person(session, Role.REGIONAL_LEAD)
    session.add(
        Evaluation(
            resource_id=resource.id,
            title="A study",
            evaluator="A body",
            source="javascript:alert(2021)",
            recorded_by_id=lead.id,
        )
    )
    session.flush()
    assert 'href="javascript' not in client.get("/resources/number-talks").text


def test_search_narrows_by_evidence_and_sorts_by_most_tried(
    session, resource, teacher, client, index_now
):
    other = a_resource(session, title="Number walks")
    for _ in range(2):
        an_adoption(session, resource, teacher)
    an_adoption(session, other, a_person(session, Role.TEACHER), outcome=Outcome.NOT)
    index_now()

    found = client.get("/search?evidence=repeated").text
    assert "Number talks" in found
    assert "Number walks" not in found
    assert "Tried in 1 school" in found
    everything = client.get("/search?sort=most-tried").text
    assert 'value="most-tried" selected' in everything
