"""The pages of writing: begun, written by two, kept when signed out, sent to review."""

import re
from html import unescape

import pytest
from sqlalchemy.orm import object_session

from app.domain.people import Role
from app.domain.resources import Kind
from app.domain.workflow import State, Step
from app.models.reviews import ReviewComment
from app.services.moving import move
from app.services.submissions import draft_fields
from app.services.submissions.drafts import start
from app.services.submissions.saving import save
from tests.builders import a_draft, a_person, a_resource, a_school, actor_for

WHOLE = {
    "title": "Peat and percentages",
    "summary": "Percentages made sense in the peat bank.",
    "section-context": "We are a small P5 class.",
    "section-what-we-did": "We measured peat.",
    "section-how-we-know": "We asked the same five questions twice.",
    "section-impact": "Most start a problem without waiting.",
    "section-contact": "The principal teacher, through the office.",
    "stage": ["p5"],
    "theme": ["numeracy"],
}


@pytest.fixture
def teacher(session):
    return a_person(session, name="Ailsa Invented")


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, name="Rory Invented")


@pytest.fixture
def draft(session, teacher):
    return start(session, actor_for(teacher), Kind.CASE_STUDY)


@pytest.fixture
def written(session, head, taxonomy):
    draft = start(session, actor_for(head), Kind.CASE_STUDY)
    sent = {n: tuple(v) if isinstance(v, list) else v for n, v in WHOLE.items()}
    save(session, actor_for(head), draft.id, 1, sent, taxonomy=taxonomy)
    return draft


def fields_of(draft):
    return draft_fields.fields_of(fresh(draft))


def fresh(draft):
    """Return the draft as the requests left it: they have sessions of their own."""
    object_session(draft).expire_all()
    return draft


def path(draft, rest=""):
    return f"/submissions/{draft.id}{rest}"


def test_from_nothing_to_a_form(session, as_person, teacher):
    client = as_person(teacher)
    assert "Write something new" in client.get("/submissions").text
    assert client.send("/submissions/new", {}).status_code == 422
    begun = client.send("/submissions/new", {"kind": "case-study"})
    assert begun.status_code == 302
    form = client.get(begun.location)
    assert "What we did" in form.text
    assert "A draft without a title" in client.get("/submissions").text


@pytest.mark.parametrize("kind", list(Kind))
def test_the_form_of_each_kind_has_hints_and_examples(session, as_person, teacher, kind):
    draft = start(session, actor_for(teacher), kind)
    page = as_person(teacher).get(path(draft, "/edit"))
    assert page.status_code == 200
    assert page.text.count("An example") >= 4
    assert ("How many minutes it takes" in page.text) is (kind is Kind.PROFESSIONAL_LEARNING)


def test_a_form_is_saved_without_scripts(as_person, teacher, draft):
    client = as_person(teacher)
    form = WHOLE | {"version": "1", "tags": "peat, bog\nout of doors"}
    answer = client.send(path(draft, "/edit"), form, follow_redirects=True)
    assert "Saved." in answer.text
    assert fields_of(draft)["tags"] == ("peat", "bog", "out of doors")
    assert fields_of(draft)["stage"] == ("p5",)
    shown = client.send(path(draft, "/edit"), {"version": "2", "stage": "", "go": "show"})
    assert shown.location == path(draft)
    assert fields_of(draft)["stage"] == ()
    assert fields_of(draft)["theme"] == ("numeracy",)


def test_what_cannot_be_kept_is_told_at_its_field_and_stays_on_the_page(as_person, teacher, draft):
    client = as_person(teacher)
    form = {"version": "1", "title": "x" * 201, "section-context": "Peat", "stage": ["p99"]}
    answer = client.send(path(draft, "/edit"), form)
    assert answer.status_code == 422
    assert '<a href="#title">This has 201 characters' in answer.text
    assert "x" * 201 in answer.text
    assert "Peat</textarea>" in answer.text
    assert fresh(draft).version == 1


def test_two_people_in_different_sections_are_merged(as_person, teacher, head, draft):
    first, second = as_person(teacher), as_person(head)
    first.send(path(draft, "/edit"), {"version": "1", "section-context": "We are small."})
    answer = second.send(
        path(draft, "/edit"),
        {"version": "1", "section-context": "", "section-impact": "They ask more."},
        follow_redirects=True,
    )
    assert "together with what Ailsa Invented changed meanwhile" in answer.text
    assert "We are small.</textarea>" in answer.text
    assert "They ask more.</textarea>" in answer.text


def test_two_people_in_one_paragraph_see_both(as_person, teacher, head, draft):
    first, second = as_person(teacher), as_person(head)
    first.send(path(draft, "/edit"), {"version": "1", "section-impact": "They ask more."})
    answer = second.send(path(draft, "/edit"), {"version": "1", "section-impact": "They ask less."})
    assert answer.status_code == 409
    assert '<a href="#section-impact">“Impact” was changed by Ailsa Invented too' in answer.text
    assert "They ask less.</textarea>" in answer.text
    assert '<div class="clash__words">They ask more.</div>' in answer.text
    assert fields_of(draft)["section-impact"] == "They ask more."

    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    both = {"version": version, "section-impact": "They ask more, and of each other."}
    assert second.send(path(draft, "/edit"), both).status_code == 302
    assert fields_of(draft)["section-impact"] == "They ask more, and of each other."


def test_the_script_is_told_what_became_of_a_saving(as_person, teacher, head, draft):
    mine, others = as_person(teacher), as_person(head)

    def sent(client, **form):
        return client.send(path(draft, "/save"), form, page=path(draft, "/edit"))

    saved = sent(mine, version="1", title="Peat").json
    assert (saved["version"], saved["values"]) == (2, {})
    assert re.fullmatch(r"\d\d:\d\d", saved["saved_at"])
    merged = sent(others, version="1", summary="In the bog.").json
    assert merged["values"] == {"title": "Peat"}
    assert merged["by"] == ["Ailsa Invented"]
    clash = sent(mine, version="2", summary="On the moor.")
    assert clash.status_code == 409
    assert clash.json == {"clashes": ["summary"], "by": ["Rory Invented"]}
    refused = sent(mine, version="3", title="x" * 201)
    assert refused.status_code == 422
    assert list(refused.json["problems"]) == ["title"]


def test_a_preview_shows_what_is_not_saved_and_nothing_active(as_person, teacher, draft):
    client = as_person(teacher)
    form = {"title": "Peat", "section-impact": "**More** <script>alert(1)</script>"}
    page = client.send(path(draft, "/preview"), form, page=path(draft, "/edit"))
    assert "<strong>More</strong>" in page.text
    assert "alert(1)</script>" not in page.text
    assert fresh(draft).title == ""
    assert client.get(path(draft, "/preview")).status_code == 200


def test_terms_are_suggested_from_the_words(as_person, teacher, draft):
    client = as_person(teacher)
    words = "In P5 we worked on numeracy. The P5 class liked numeracy."
    client.send(path(draft, "/edit"), {"version": "1", "title": "Numeracy in P5", "summary": words})
    page = client.get(path(draft, "/edit")).text
    assert "Suggested from your words:" in page
    assert re.search(r'id="stage-suggested-1" name="stage" value="p5">', page)


def test_nothing_is_lost_by_who_was_signed_out_while_writing(app, session, as_person, draft):
    teacher = draft.author
    signed_out = app.test_client()
    secret = re.search(
        r'name="csrf_token" value="([^"]+)"', as_person(teacher).get(path(draft, "/edit")).text
    )[1]
    form = {"csrf_token": secret, "version": "1", "section-impact": "They <b>ask</b>.",
            "stage": ["", "p5"], "nonsense": "x"}  # fmt: skip
    kept = signed_out.post(path(draft, "/edit"), data=form)
    assert kept.status_code == 400, "the browser's old page has no secret that counts"
    assert "They &lt;b&gt;ask&lt;/b&gt;.</textarea>" in kept.text

    renewed = re.search(r'name="csrf_token" value="([^"]+)"', kept.text)[1]
    still_out = signed_out.post(path(draft, "/edit"), data=form | {"csrf_token": renewed})
    assert still_out.status_code == 401
    assert "You are not signed in any more" in still_out.text

    client = as_person(teacher)
    again = client.post(path(draft, "/edit"), data=form | {"csrf_token": renewed})
    assert "You signed in anew" in again.text
    data = {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', again.text)
    }
    data["section-impact"] = "They <b>ask</b>."
    assert client.post(path(draft, "/edit"), data=data).status_code == 302
    assert fields_of(draft)["section-impact"] == "They <b>ask</b>."
    assert fields_of(draft)["stage"] == ("p5",)


def test_who_is_late_finds_the_words_again(session, as_person, head, written):
    client = as_person(head)
    page = client.get(path(written, "/edit")).text
    move(session, actor_for(head), written, Step.SUBMIT)
    secret = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"csrf_token": secret, "version": "2", "title": "Turf"}
    answer = client.post(path(written, "/edit"), data=form)
    assert answer.status_code == 409
    assert "Turf</textarea>" in answer.text
    assert "cannot be changed now" in answer.text


def test_a_whole_draft_is_submitted_and_says_where_it_stands(as_person, head, written):
    client = as_person(head)
    assert "Submit for review" in client.get(path(written)).text
    answer = client.send(path(written, "/submit"), page=path(written), follow_redirects=True)
    assert "Submitted. The leads of your region have been told." in answer.text
    assert "by Rory Invented" in answer.text
    assert fresh(written).state is State.SUBMITTED
    assert "With the reviewer" in client.get("/submissions").text
    assert client.get(path(written, "/edit")).status_code == 409


def test_what_is_missing_is_linked_to_its_field(as_person, head, session):
    draft = start(session, actor_for(head), Kind.CASE_STUDY)
    answer = as_person(head).send(path(draft, "/submit"), page=path(draft))
    assert answer.status_code == 422
    assert f'<a href="{path(draft, "/edit")}#section-context">' in answer.text
    assert answer.text.count("#section-context") == 1, "said once"
    assert "What was taken from the file" not in answer.text, "there was none"


def test_a_teacher_offers_and_the_head_sees_it_wait(as_person, teacher, head, draft):
    client = as_person(teacher)
    assert client.send(path(draft, "/offer"), page=path(draft)).status_code == 422
    client.send(path(draft, "/edit"), {"version": "1", "title": "Peat"})
    client.send(path(draft, "/offer"), page=path(draft))
    assert fresh(draft).state is State.WITH_SCHOOL
    assert "Waiting for you" in as_person(head).get("/submissions").text


def test_a_draft_is_thrown_away_after_asking(as_person, teacher, draft):
    client = as_person(teacher)
    asked = client.get(path(draft, "/discard"))
    assert "Throw this draft away?" in asked.text
    client.send(path(draft, "/discard"), page=path(draft, "/discard"))
    assert client.get(path(draft)).status_code == 404


def test_a_published_resource_is_changed_in_a_draft_beside_it(session, as_person, head):
    actor = actor_for(head)
    resource = a_resource(session, author_id=head.id, school_id=actor.school_id)
    there, client = f"/resources/{resource.slug}", as_person(head)
    answer = client.send(f"{there}/edit", page=there)
    assert answer.status_code == 302
    assert client.get(answer.location).status_code == 200
    for other in (a_person(session), a_person(session, Role.REGIONAL_LEAD)):
        assert "Write a new version" not in as_person(other).get(there).text


def test_what_the_reviewer_said_stands_on_the_page_with_room_to_answer(session, as_person, head):
    draft = a_draft(session, head, state=State.CHANGES_WANTED, title="Peat")
    lead = a_person(session, Role.REGIONAL_LEAD)
    draft.comments = [ReviewComment(person_id=lead.id, section="impact", words="How many?")]
    session.flush()
    page = as_person(head).get(path(draft)).text
    assert "What was said about it" in page
    assert "How many?" in page
    assert "Send the answer" in page


@pytest.mark.parametrize("rest", ["", "/edit", "/preview", "/discard"])
def test_drafts_of_others_are_not_there(session, as_person, draft, rest):
    elsewhere = a_school(session, name="Skerrymhor Primary School")
    for other in (
        a_person(session),
        a_person(session, Role.HEADTEACHER, school=elsewhere),
        a_person(session, Role.REGIONAL_LEAD),
    ):
        assert as_person(other).get(path(draft, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["edit", "save", "preview", "offer", "submit", "discard"])
def test_nobody_else_sends_anything_to_a_draft(session, as_person, draft, rest):
    other = a_person(session, school=a_school(session, name="Skerrymhor Primary School"))
    answer = as_person(other).send(
        path(draft, f"/{rest}"), {"version": "1"}, page="/submissions/new"
    )
    assert answer.status_code in (403, 404)
    assert fresh(draft).version == 1


def test_a_visitor_is_let_in_nowhere(client, draft):
    for address in ("/submissions", "/submissions/new", path(draft), path(draft, "/edit")):
        assert client.get(address).status_code in (302, 403)


def test_a_lead_chooses_an_authority(session, as_person):
    lead = a_person(session, Role.REGIONAL_LEAD)
    draft = start(session, actor_for(lead), Kind.CASE_STUDY)
    client = as_person(lead)
    assert 'name="authority"' in client.get(path(draft, "/edit")).text
    client.send(path(draft, "/edit"), {"version": "1", "authority": "angus"})
    assert fresh(draft).authority == "angus"


def test_a_long_draft_is_taken(as_person, teacher, draft):
    words = "peat " * 10_000
    form = {"version": "1"} | {f"section-{code}": words for code in ("context", "impact", "contact",
            "next-steps", "what-we-did", "how-we-know")}  # fmt: skip
    assert as_person(teacher).send(path(draft, "/edit"), form).status_code == 302


def test_a_draft_of_a_teacher_with_changes_wanted_waits_for_both(session, as_person, teacher, head):
    draft = a_draft(session, teacher, state=State.CHANGES_WANTED, title="Peat")
    for person in (teacher, head):
        assert "Waiting for you" in as_person(person).get("/submissions").text
    assert "your headteacher submits it again" in as_person(teacher).get(path(draft)).text
    assert "Submit again" in as_person(head).get(path(draft)).text
