"""The pages of reviewing, as leads and others meet them."""

import pytest
from sqlalchemy.orm import object_session

from app.domain.people import Role
from app.domain.rubric import CODES
from app.domain.workflow import State
from app.models.reviews import ReviewComment
from app.models.submissions import DraftVersion
from tests.builders import a_draft, a_person, a_resource

GOOD = {f"mark_{code}": "3" for code in CODES}
WHY = "It says what changed, and how they know."


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD, name="Invented lead")


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def submitted(session, head):
    return a_draft(session, head, state=State.SUBMITTED, title="Peat and percentages")


def fresh(revision):
    """The revision as the requests left it."""
    object_session(revision).refresh(revision)
    return revision


def decide(client, revision, **said):
    page = f"/reviews/{revision.id}"
    data = {"version": revision.version, "step": "approve", "comment": WHY, **GOOD, **said}
    return client.send(f"{page}/decision", data, page=page)


def test_a_lead_sees_what_waits_in_the_region_and_nothing_else(session, lead, submitted, as_person):
    elsewhere = a_person(
        session, Role.HEADTEACHER, authority="fife", region="south-east", name="Other"
    )
    a_draft(session, elsewhere, state=State.SUBMITTED, title="Not of this region")
    a_draft(session, elsewhere, title="Unsent")

    page = as_person(lead).get("/reviews").text

    assert "Peat and percentages" in page
    assert "1 submission" in page
    assert "Not of this region" not in page
    assert "Unsent" not in page


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEADTEACHER, Role.ADMINISTRATOR])
def test_nobody_else_has_a_queue(session, role, as_person):
    assert as_person(a_person(session, role)).get("/reviews").status_code == 403


def test_a_lead_of_another_region_cannot_know_of_it(session, submitted, as_person):
    other = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    assert as_person(other).get(f"/reviews/{submitted.id}").status_code == 404


def test_from_reading_to_published(session, lead, submitted, as_person):
    client = as_person(lead)

    answer = decide(client, submitted)
    assert answer.location == f"/reviews/{submitted.id}/publish"
    assert fresh(submitted).state is State.APPROVED

    answer = client.send(answer.location, {"when": "now"})
    assert answer.location == "/resources/peat-and-percentages"
    assert fresh(submitted).state is State.PUBLISHED
    assert client.get(answer.location).status_code == 200


def test_a_decision_without_a_mark_or_a_reason_says_what_is_missing(lead, submitted, as_person):
    page = decide(as_person(lead), submitted, mark_clarity="", comment="")

    assert page.status_code == 422
    assert "Give clarity a mark" in page.text
    assert 'href="#decision-comment">Say why' in page.text
    assert page.text.index("Give clarity a mark") < page.text.index(">Say why")
    assert fresh(submitted).state is State.SUBMITTED


def test_what_might_show_a_pupil_cannot_be_approved(lead, submitted, as_person):
    page = decide(as_person(lead), submitted, mark_privacy="2")
    assert page.status_code == 422
    assert "ask for a change" in page.text
    assert decide(as_person(lead), submitted, mark_privacy="2", step="ask_for_changes").location


def test_a_blocking_comment_holds_approval_until_it_is_resolved(lead, head, submitted, as_person):
    client, page = as_person(lead), f"/reviews/{submitted.id}"
    client.send(
        f"{page}/comments",
        {"section": "context", "words": "Which term?", "is_blocking": "y"},
        page=page,
    )
    assert "blocking comment is still open" in decide(client, submitted).text

    asked = submitted.comments[0]
    client.send(f"/reviews/comments/{asked.id}/resolve", {"is_resolved": "yes"}, page=page)
    assert decide(client, submitted).status_code == 302


def test_who_decides_about_what_changed_meanwhile_is_told(session, lead, submitted, as_person):
    client = as_person(lead)
    submitted.version += 1
    session.flush()
    answer = decide(client, submitted, version=submitted.version - 1)
    assert answer.status_code == 409
    assert "changed while you read" in answer.text


def test_the_second_decision_is_told_of_the_first(lead, submitted, as_person):
    client = as_person(lead)
    decide(client, submitted, step="decline")
    answer = decide(client, submitted)
    assert answer.status_code == 409
    assert "A colleague was quicker" in answer.text


def test_a_lead_does_not_review_what_they_helped_to_write(session, lead, submitted, as_person):
    session.add(
        DraftVersion(revision_id=submitted.id, version=1, person_id=lead.id, fields_json="{}")
    )
    session.flush()
    client = as_person(lead)
    assert "another lead reviews it" in client.get(f"/reviews/{submitted.id}").text
    assert decide(client, submitted).status_code == 403


def test_a_day_to_come_keeps_it_unseen_until_then(session, lead, submitted, as_person, client):
    reviewer = as_person(lead)
    decide(reviewer, submitted)
    page = f"/reviews/{submitted.id}/publish"

    assert "Enter the day" in reviewer.send(page, {"when": "later"}).text
    assert "still to come" in reviewer.send(page, {"when": "later", "day": "2020-01-01"}).text
    reviewer.send(page, {"when": "later", "day": "2099-07-01", "hour": "09:00"})

    assert fresh(submitted).state is State.APPROVED
    assert submitted.publish_at.isoformat() == "2099-07-01T08:00:00+00:00"  # summer in Scotland
    assert client.get(f"/resources/{submitted.resource_id}").status_code == 404
    reviewer.send(f"/reviews/{submitted.id}/unschedule", page=f"/reviews/{submitted.id}")
    assert fresh(submitted).publish_at is None


def test_a_text_that_stands_in_the_library_already_is_pointed_at(
    session, lead, head, as_person, index_now
):
    words = " ".join(f"word{n} of a long enough text about peat" for n in range(60))
    a_resource(session, title="Peat at our school", body=f"## Context\n\n{words}\n")
    copy = a_draft(
        session,
        head,
        state=State.SUBMITTED,
        title="Peat at our school again",
        body=f"## Context\n\n{words}\n",
    )
    index_now()

    page = as_person(lead).get(f"/reviews/{copy.id}").text
    assert "100 % in common" in page
    assert "/resources/peat-at-our-school" in page


def test_odd_filters_are_taken_as_none(lead, submitted, as_person):
    page = as_person(lead).get("/reviews?stage=x&kind=y&page=99999999&whose=z&authority=%00")
    assert page.status_code == 200


def test_a_decision_that_comes_second_keeps_its_words_on_the_page(
    session, lead, submitted, as_person
):
    client = as_person(lead)
    submitted.version += 1
    session.flush()
    page = decide(client, submitted, version=submitted.version - 1, comment="Words of a reviewer.")
    assert page.status_code == 409
    assert "Words of a reviewer." in page.text
    assert f'name="version" type="hidden" value="{submitted.version}"' in page.text

    decide(client, submitted, step="decline")
    page = decide(client, submitted, comment="Words of a reviewer.")
    assert page.status_code == 409
    assert "What you had written, and nobody was sent: “Words of a reviewer.”" in page.text


def test_after_changes_were_asked_for_the_reviewer_sees_what_changed_since(
    session, lead, submitted, as_person
):
    client = as_person(lead)
    assert "since changes were asked for" not in client.get(f"/reviews/{submitted.id}").text
    decide(client, submitted, step="ask_for_changes", comment="Say which term it was.")
    fresh(submitted).body_markdown = "## Context\n\nWe *measured* the playground in autumn.\n"
    session.flush()

    page = client.get(f"/reviews/{submitted.id}").text
    assert "What changed since changes were asked for" in page
    assert "“Say which term it was.”" in page
    assert "<ins>" in page
    assert "in autumn" in page


def test_a_submission_whose_headings_are_called_like_parts_of_the_page_is_drawn(
    session, lead, head, as_person
):
    names = ("Comments", "Decision", "Step 1", "Comment", "Words", "Section", "Submission", "Since")
    body = "\n".join(f"## {name}\n\nWords.\n" for name in names)
    draft = a_draft(session, head, state=State.SUBMITTED, body=body)
    client = as_person(lead)
    page = f"/reviews/{draft.id}"
    client.send(f"{page}/comments", {"words": "Well."}, page=page)
    assert client.get(page).status_code == 200  # and no id is used twice: the client looks


def test_a_section_leads_to_what_was_said_about_it(lead, submitted, as_person):
    client, page = as_person(lead), f"/reviews/{submitted.id}"
    client.send(f"{page}/comments", {"section": "context", "words": "Which term?"}, page=page)
    text = client.get(page).text
    assert 'href="#context">Context</a> (<a href="#comments-context">1 comment' in text
    assert 'id="comments-context"' in text


@pytest.mark.parametrize("person", ["x", "9" * 6000, "-1", "٣"])
def test_only_a_lead_of_the_list_is_given_a_review(lead, submitted, as_person, person):
    page = f"/reviews/{submitted.id}"
    answer = as_person(lead).send(f"{page}/assign", {"person": person}, page=page)
    assert answer.status_code == 422


def test_writers_read_comments_on_the_page_of_their_draft_and_answer_there(
    session, lead, head, submitted, as_person
):
    asked = ReviewComment(
        revision_id=submitted.id, person_id=lead.id, words="Which term?", section="context"
    )
    session.add(asked)
    session.flush()
    session.expire(submitted)
    client, page = as_person(head), f"/submissions/{submitted.id}"
    assert "Which term?" in client.get(page).text
    answer = client.send(
        f"/reviews/comments/{asked.id}/answer",
        {"words": "The autumn term.", "back": "submissions"},
        page=page,
    )
    assert answer.location == f"{page}#comments"
    assert "The autumn term." in client.get(page).text
