"""The privacy gate of a draft: what is open, what was answered, what was put in its place."""

import json

import pytest

from app.domain.errors import InvalidInput, WrongState
from app.models.submissions import Original
from app.services.submissions.attachments import add_attachment
from app.services.submissions.privacy import (
    answer_risk,
    find_all_risks,
    find_open_risks,
    replace_risk,
    withdraw_answer,
)
from tests.builders import a_draft
from tests.formats.attachment_files import CSV

BODY = "## Context\n\nIt was Aiden in P5 who asked. He asked a lot.\n\n## Impact\n\nGood.\n"
WHY = "Aiden is a puppet, not a pupil."


@pytest.fixture
def draft(session, head):
    return a_draft(session, head, body=BODY)


def fingerprint_of(session, draft):
    [finding] = find_open_risks(session, draft)
    return finding.fingerprint


def test_a_name_in_a_section_is_found_in_its_place(session, draft):
    [placed] = find_all_risks(session, draft)
    assert (placed.field.name, placed.field.label) == ("section-context", "Context")
    assert placed.finding.text.startswith("Aiden")
    assert placed.before.endswith("It was ")
    assert "He asked a lot." in placed.after
    assert placed.is_open


def test_an_answer_closes_it_until_it_is_taken_back(session, actor, draft):
    fingerprint = fingerprint_of(session, draft)
    answer_risk(session, actor, draft.id, fingerprint, WHY)
    assert find_open_risks(session, draft) == ()
    [placed] = find_all_risks(session, draft)
    assert (placed.answer.reason, placed.answer.person_id) == (WHY, actor.id)
    withdraw_answer(session, actor, draft.id, fingerprint)
    assert len(find_open_risks(session, draft)) == 1


def test_an_answer_holds_when_other_words_change(session, actor, draft):
    answer_risk(session, actor, draft.id, fingerprint_of(session, draft), WHY)
    draft.body_markdown = BODY.replace("Good.", "Very good indeed.")
    assert find_open_risks(session, draft) == ()


@pytest.mark.parametrize("reason", ["", "ok", "x" * 501])
def test_a_reason_is_a_sentence(session, actor, draft, reason):
    with pytest.raises(InvalidInput, match="Say why"):
        answer_risk(session, actor, draft.id, fingerprint_of(session, draft), reason)


def test_other_words_take_its_place_as_a_new_version(session, actor, draft):
    fingerprint = fingerprint_of(session, draft)
    replace_risk(session, actor, draft.id, 1, fingerprint, words="one  learner")
    assert "one learner" in draft.body_markdown
    assert "Aiden" not in draft.body_markdown
    assert draft.body_markdown.endswith("## Impact\n\nGood.\n")
    assert draft.version == 2
    assert find_open_risks(session, draft) == ()


def test_words_that_somebody_changed_meanwhile_are_not_replaced(session, actor, draft):
    fingerprint = fingerprint_of(session, draft)
    with pytest.raises(WrongState):
        replace_risk(session, actor, draft.id, 7, fingerprint, words="one learner")
    draft.body_markdown = "## Context\n\nNothing.\n"
    with pytest.raises(InvalidInput, match="no longer in the draft"):
        replace_risk(session, actor, draft.id, 1, fingerprint, words="one learner")


@pytest.mark.parametrize("column", ["title", "summary", "evidence_measure"])
def test_every_text_of_the_form_is_looked_at(session, draft, column):
    draft.body_markdown = ""
    setattr(draft, column, "We asked Isla in P6 about it")
    [placed] = find_all_risks(session, draft)
    assert placed.field.name == column


def test_the_text_of_a_picture_and_the_label_of_a_file_count(session, actor, draft):
    draft.body_markdown = "## Context\n\n![Isla in P6 paints](pictures/x.png)\n"
    add_attachment(
        *(session, actor, draft.id),
        file_name="a.csv",
        data=CSV,
        label="Counts by Callum in P6",
        limit_mb=20,
    )
    found = find_all_risks(session, draft)
    assert [placed.field.name for placed in found] == ["section-context", "attachments"]
    replace_risk(session, actor, draft.id, 2, found[1].finding.fingerprint, words="a learner")
    assert "Callum" not in draft.attachments[0].label


def test_a_title_is_never_replaced_by_nothing(session, actor, draft):
    draft.body_markdown, draft.title = "", "x@example.org"
    with pytest.raises(InvalidInput):
        replace_risk(session, actor, draft.id, 1, fingerprint_of(session, draft), words="")


def test_the_authors_of_the_document_are_looked_for(session, head, draft):
    draft.body_markdown = "## Context\n\nThanks to Morag Invented for all of it.\n"
    assert find_all_risks(session, draft) == ()
    report = {
        "placed": [], "pictures": 0, "notes": [], "waiting": [], "authors": ["Morag Invented"],
    }  # fmt: skip
    draft.originals.append(
        Original(
            person_id=head.id, file_name="a.docx", sha256="0", size=1, data=b"x",
            report_json=json.dumps(report),
        )
    )  # fmt: skip
    session.flush()
    [placed] = find_all_risks(session, draft)
    assert placed.finding.risk == "document-author"
