"""Tags merged, renamed and retired: seen first, done at once, undone again."""

import pytest

from app.domain.audience import Audience
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.people import Role
from app.domain.tags import TagStep
from app.models.outbox import OutboxEvent
from app.models.resource_tags import content_with_tags, standing_tags
from app.models.tag_names import names_of_tags
from app.services.tags.changes import find_changes, undo
from app.services.tags.changing import Wish, change, preview
from app.services.tags.counting import find_held, find_tags, read_tag
from app.services.tags.reach import may_change
from app.services.tags.tagging import put_on
from tests.builders import a_person, a_resource, actor_for

MERGE = Wish(TagStep.MERGE, into="Multiplication facts")
RETIRE = Wish(TagStep.RETIRE)


def rename(label):
    return Wish(TagStep.RENAME, label=label)


@pytest.fixture
def lead(session):
    return actor_for(a_person(session, Role.REGIONAL_LEAD))


@pytest.fixture
def teacher(session):
    return actor_for(a_person(session, Role.TEACHER))


@pytest.fixture
def library(session, teacher):
    """Three resources of Tayside: tagged with the one, with the other, with both."""
    one = a_resource(session, title="One", tags=("times tables",))
    two = a_resource(session, title="Two", tags=("Multiplication facts",))
    both = a_resource(session, title="Both", tags=("Times Tables",))
    put_on(session, teacher, both.slug, ["multiplication facts"])
    return one, two, both


def lines(session, actor):
    return [(one.label, one.total) for one in find_tags(session, actor)]


BEFORE = [("Multiplication facts", 2), ("Times Tables", 2)]


def test_a_preview_says_what_a_merge_would_come_to_and_does_nothing(session, lead, library):
    seen = preview(session, lead, "times-tables", MERGE)
    assert (seen.tag.total, seen.kept.label, seen.total_after) == (2, "Multiplication facts", 3)
    assert seen.redirects == ("times-tables",)
    assert sorted(title for _, title in seen.titles) == ["Both", "One"]
    assert lines(session, lead) == BEFORE
    assert names_of_tags(session) == ()


def test_merged_tags_are_one(session, lead, library):
    one, _, both = library
    change(session, lead, "times-tables", MERGE)
    assert lines(session, lead) == [("Multiplication facts", 3)]
    assert read_tag(session, lead, "times-tables").slug == "multiplication-facts"
    assert find_held(session, lead, "multiplication-facts").total == 3
    for resource in (one, both):
        tags = standing_tags(session, resource.revisions[0])
        assert [tag.label for tag in tags] == ["Multiplication facts"]
    assert content_with_tags(session, one.revisions[0]).tags == ("times tables",)
    heard = session.query(OutboxEvent).filter_by(kind="tags.changed").all()
    assert [event.follower for event in heard] == ["index"]


def test_undo_brings_all_back_also_after_more_was_tagged(session, lead, library, teacher):
    made = change(session, lead, "times-tables", MERGE)
    three = a_resource(session, title="Three")
    assert put_on(session, teacher, three.slug, ["times tables"]).put == ("Multiplication facts",)
    undo(session, lead, made.id)
    assert lines(session, lead) == [("Multiplication facts", 3), ("Times Tables", 2)]
    assert read_tag(session, lead, "times-tables").slug == "times-tables"


def test_what_was_merged_before_comes_along_and_goes_back(session, lead, library):
    a_resource(session, title="Four", tags=("tables",))
    first = change(session, lead, "tables", Wish(TagStep.MERGE, into="times tables"))
    second = change(session, lead, "times-tables", MERGE)
    assert read_tag(session, lead, "tables").slug == "multiplication-facts"
    assert lines(session, lead) == [("Multiplication facts", 4)]
    with pytest.raises(WrongState, match="Undo the later change first: “Times Tables” was merged"):
        undo(session, lead, first.id)
    undo(session, lead, second.id)
    assert read_tag(session, lead, "tables").slug == "times-tables"
    undo(session, lead, first.id)
    assert lines(session, lead) == [("Multiplication facts", 2), ("tables", 1), ("Times Tables", 2)]
    with pytest.raises(WrongState, match="undone already"):
        undo(session, lead, first.id)


def test_changes_of_other_tags_need_no_order(session, lead, library):
    a_resource(session, title="Four", tags=("tables",))
    first = change(session, lead, "times-tables", MERGE)
    change(session, lead, "tables", MERGE)
    undo(session, lead, first.id)
    assert lines(session, lead) == [("Multiplication facts", 3), ("Times Tables", 2)]


def test_the_list_of_changes_says_which_can_be_undone(session, lead, library):
    a_resource(session, title="Four", tags=("tables",))
    change(session, lead, "tables", Wish(TagStep.MERGE, into="times tables"))
    change(session, lead, "times-tables", MERGE)
    told = [(one.sentence, one.may_undo) for one in find_changes(session, lead)]
    assert told == [
        ("“Times Tables” was merged into “Multiplication facts”.", True),
        ("“tables” was merged into “Times Tables”.", False),
    ]
    other = actor_for(a_person(session, Role.REGIONAL_LEAD, region="south-east"))
    assert find_changes(session, other) == []


def test_a_new_name_leads_from_the_old_and_back(session, lead, library, teacher):
    made = change(session, lead, "times-tables", rename("Table facts"))
    assert lines(session, lead) == [("Multiplication facts", 2), ("Table facts", 2)]
    assert read_tag(session, lead, "times-tables").slug == "table-facts"
    three = a_resource(session, title="Three")
    put_on(session, teacher, three.slug, ["table facts"])
    undo(session, lead, made.id)
    assert lines(session, lead) == [("Multiplication facts", 2), ("Times Tables", 3)]
    assert read_tag(session, lead, "table-facts").slug == "times-tables"


def test_a_tag_can_be_called_as_it_was_before(session, lead, library):
    change(session, lead, "times-tables", rename("Table facts"))
    change(session, lead, "table-facts", rename("times tables"))
    assert lines(session, lead) == [("Multiplication facts", 2), ("times tables", 2)]
    assert read_tag(session, lead, "table-facts").slug == "times-tables"


def test_another_spelling_is_a_new_name_too(session, lead, library):
    made = change(session, lead, "times-tables", rename("TIMES tables"))
    assert [tag.label for tag in standing_tags(session, library[0].revisions[0])] == [
        "TIMES tables"
    ]
    undo(session, lead, made.id)
    assert lines(session, lead) == BEFORE


def test_a_retired_tag_still_finds_and_is_put_on_nothing_new(session, lead, library, teacher):
    made = change(session, lead, "times-tables", RETIRE)
    assert read_tag(session, lead, "times-tables").is_retired
    assert find_held(session, lead, "times-tables").total == 2
    with pytest.raises(InvalidInput, match="retired"):
        put_on(session, teacher, library[1].slug, ["times tables"])
    undo(session, lead, made.id)
    assert not read_tag(session, lead, "times-tables").is_retired


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish(TagStep.MERGE, into="nothing so called"), "no tag “nothing so called”"),
        (Wish(TagStep.MERGE), "which tag is kept"),
        (Wish(TagStep.MERGE, into="TIMES-tables"), "into itself"),
        (rename("Times Tables"), "called so already"),
        (rename("multiplication FACTS"), "merge this one into it"),
        (rename("7"), "too short"),
    ],
)
def test_what_cannot_be_done_is_told_why(session, lead, library, wish, why):
    with pytest.raises(InvalidInput, match=why):
        preview(session, lead, "times-tables", wish)


def test_a_lead_changes_what_stands_in_their_region_alone(session, lead, library):
    admin = actor_for(a_person(session, Role.ADMINISTRATOR))
    assert may_change(session, lead, "times-tables")
    a_resource(session, title="Far", tags=("times tables",), region="south-east")
    assert not may_change(session, lead, "times-tables")
    with pytest.raises(NotAllowed, match="an administrator changes it"):
        change(session, lead, "times-tables", RETIRE)
    made = change(session, admin, "times-tables", RETIRE)
    with pytest.raises(NotFound):
        undo(session, lead, made.id)
    undo(session, admin, made.id)


def test_a_lead_merges_their_own_tag_into_one_of_all(session, lead, library):
    a_resource(session, title="Far", tags=("multiplication facts",), region="south-east")
    change(session, lead, "times-tables", MERGE)
    assert lines(session, lead) == [("Multiplication facts", 4)]


def test_what_a_lead_may_not_see_is_not_there(session, lead):
    more = {"audience": Audience.REGION, "region": "south-east"}
    a_resource(session, title="Far", tags=("hush",), **more)
    with pytest.raises(NotFound):
        preview(session, lead, "hush", RETIRE)


def test_a_teacher_changes_none(session, teacher, library):
    with pytest.raises(NotAllowed):
        change(session, teacher, "times-tables", RETIRE)
    with pytest.raises(NotAllowed):
        find_changes(session, teacher)
