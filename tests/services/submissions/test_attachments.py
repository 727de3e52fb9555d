"""Files that a draft offers: in their author's order, each once, gone when removed."""

import pytest

from app.domain.errors import InvalidInput, NotFound
from app.domain.resources import ATTACHMENTS_LIMIT
from app.models.resource_content import content_of
from app.models.submissions import Attachment
from app.services.submissions.attachments import (
    add_attachment,
    check,
    move_attachment,
    read_draft_attachment,
    remove_attachment,
)
from app.services.submissions.drafts import discard
from tests.builders import a_draft
from tests.formats.attachment_files import CSV, PDF
from tests.services.submissions.pictures_for_tests import with_a_place


@pytest.fixture
def draft(session, head):
    return a_draft(session, head)


@pytest.fixture
def add(session, actor, draft):
    def put(file_name="Our plan.pdf", data=PDF, label="Our plan"):
        return add_attachment(
            *(session, actor, draft.id),
            file_name=file_name,
            data=data,
            label=label,
            limit_mb=20,
        )

    return put


def names(draft):
    return [offered.attachment_name for offered in draft.attachments]


def test_it_is_kept_with_type_size_and_hash_under_a_plain_name(add, draft):
    kept = add().attachment
    assert (kept.name, kept.media_type, kept.size) == ("our-plan.pdf", "application/pdf", len(PDF))
    assert len(kept.sha256) == 64
    assert [ref.label for ref in content_of(draft).attachments] == ["Our plan"]
    assert draft.version == 2


def test_the_same_file_is_kept_once_and_offered_once(add, draft):
    add()
    with pytest.raises(InvalidInput, match="already"):
        add(file_name="again.pdf")
    assert names(draft) == ["our-plan.pdf"]


def test_they_stand_in_their_author_s_order(session, actor, add, draft):
    add()
    add("counts.csv", CSV)
    move_attachment(session, actor, draft.id, "counts.csv", -1)
    assert names(draft) == ["counts.csv", "our-plan.pdf"]
    move_attachment(session, actor, draft.id, "counts.csv", -1)
    assert names(draft) == ["counts.csv", "our-plan.pdf"]
    move_attachment(session, actor, draft.id, "counts.csv", 1)
    assert names(draft) == ["our-plan.pdf", "counts.csv"]


def test_a_removed_file_is_gone(session, actor, add, draft):
    add()
    add("counts.csv", CSV)
    remove_attachment(session, actor, draft.id, "our-plan.pdf")
    assert [(o.attachment_name, o.position) for o in draft.attachments] == [("counts.csv", 0)]
    assert session.get(Attachment, "our-plan.pdf") is None
    with pytest.raises(NotFound):
        read_draft_attachment(session, actor, draft.id, "our-plan.pdf")


def test_a_file_that_another_draft_offers_stays(session, actor, head, add, draft):
    add()
    other = a_draft(session, head, title="Another")
    add_attachment(*(session, actor, other.id), file_name="b.pdf", data=PDF, label="b", limit_mb=20)
    remove_attachment(session, actor, draft.id, "our-plan.pdf")
    assert read_draft_attachment(session, actor, other.id, "our-plan.pdf").data == PDF


def test_a_draft_that_is_thrown_away_takes_its_files_along(session, actor, add, draft):
    add()
    discard(session, actor, draft.id)
    assert session.get(Attachment, "our-plan.pdf") is None


def test_a_label_with_marks_that_no_database_takes_is_cleaned(add):
    assert add(label="Our\0 plan\x1b").label == "Our plan"


def test_there_is_an_end_to_them(add, draft):
    for number in range(ATTACHMENTS_LIMIT):
        add(f"{number}.txt", f"{number}\n".encode())
    with pytest.raises(InvalidInput, match="remove one first"):
        add()


@pytest.mark.parametrize("label", ["", "x" * 201])
def test_a_link_needs_words(add, label):
    with pytest.raises(InvalidInput, match="Say what the file is"):
        add(label=label)


def test_a_picture_for_download_tells_no_place(add):
    assert b"Invented Photographer" not in check("a.jpg", with_a_place(), 20)


def test_a_file_of_another_kind_is_refused_in_a_sentence():
    with pytest.raises(InvalidInput, match=r"page\.html is not taken: it is none of the kinds"):
        check("page.html", b"<p>", 20)
