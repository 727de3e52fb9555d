"""Pictures of a draft: shown where they were put, told in words, gone when removed."""

import pytest

from app.domain.errors import InvalidInput, NotFound, WrongState
from app.domain.workflow import State
from app.models.pictures import Picture
from app.services.submissions.drafts import discard
from app.services.submissions.pictures import (
    add_picture,
    clean,
    describe_picture,
    find_pictures,
    forget_unshown,
    read_draft_picture,
    remove_picture,
)
from tests.builders import a_draft
from tests.services.submissions.pictures_for_tests import a_picture

ALT = "Children measure a [long] shadow"


@pytest.fixture
def draft(session, head):
    return a_draft(session, head)


@pytest.fixture
def add(session, actor, draft):
    def put(file_name="Our shadow!.png", alt=ALT, section="impact", data=None):
        return add_picture(
            *(session, actor, draft.id),
            file_name=file_name,
            data=data or a_picture(),
            alt=alt,
            section=section,
            limit_mb=2,
        )

    return put


def test_it_is_shown_at_the_end_of_the_section(add, draft):
    shown = add()
    assert shown.name == "our-shadow.png"
    line = r"![Children measure a \[long\] shadow](pictures/our-shadow.png)"
    assert shown.markdown == line
    assert draft.body_markdown.endswith(f"## Impact\n\n{line}\n")
    assert find_pictures(draft) == [shown]
    assert draft.version == 2


@pytest.mark.parametrize("alt", ["", "  ", "x", "w" * 301])
def test_a_text_for_those_who_do_not_see_it_is_compulsory(add, draft, alt):
    with pytest.raises(InvalidInput, match="what the picture shows"):
        add(alt=alt)
    assert draft.pictures == []


def test_the_text_can_be_changed(session, actor, add, draft):
    shown = add()
    describe_picture(session, actor, draft.id, shown.name, "A shadow in June")
    assert [picture.alt for picture in find_pictures(draft)] == ["A shadow in June"]


def test_a_removed_picture_is_gone_from_words_and_database(session, actor, add, draft):
    shown = add()
    remove_picture(session, actor, draft.id, shown.name)
    assert "pictures/" not in draft.body_markdown
    assert session.get(Picture, shown.name) is None


def test_a_picture_that_another_draft_has_stays_there(session, actor, head, add, draft):
    shown = add()
    other = a_draft(session, head, title="Another")
    add_picture(
        *(session, actor, other.id),
        file_name="x.png",
        data=a_picture(),
        alt=ALT,
        section="context",
        limit_mb=2,
    )
    remove_picture(session, actor, draft.id, shown.name)
    assert read_draft_picture(session, actor, other.id, shown.name).data == a_picture()


def test_a_draft_that_is_thrown_away_takes_its_pictures_along(session, actor, add, draft):
    shown = add()
    discard(session, actor, draft.id)
    assert session.get(Picture, shown.name) is None


def test_one_that_nothing_shows_can_be_forgotten(session, add, draft):
    kept = add()
    add(section="", data=a_picture(colour="red"), file_name="other.png")
    assert [picture.is_shown for picture in find_pictures(draft)] == [True, False]
    forget_unshown(session, draft)
    assert [picture.name for picture in draft.pictures] == [kept.name]


def test_a_picture_of_another_draft_is_not_found(session, actor, head, add):
    shown = add()
    other = a_draft(session, head, title="Another")
    with pytest.raises(NotFound):
        read_draft_picture(session, actor, other.id, shown.name)


def test_a_submitted_draft_takes_none(add, draft):
    draft.state = State.SUBMITTED
    with pytest.raises(WrongState):
        add()


def test_what_is_no_picture_is_refused_in_a_sentence():
    with pytest.raises(InvalidInput, match=r"The picture is not taken: it is not a PNG"):
        clean(b"words", 2)
