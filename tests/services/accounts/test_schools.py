"""Schools from a file: told line by line, twice is harmless, resources find their school."""

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed
from app.domain.people import OPERATOR, Role
from app.models.audit import AuditEntry
from app.models.schools import School
from app.services.accounts import schools
from tests.builders import a_person, a_resource, actor_for

HEAD = "name,authority,sector,context,roll\n"


def load(session, taxonomy, rows, actor=OPERATOR):
    return schools.load(session, actor, taxonomy, (HEAD + rows).encode())


def test_a_school_stands_in_the_region_of_its_authority(session, taxonomy):
    loaded = load(session, taxonomy, "Sample Primary,Angus,primary,island; rural,86\n")
    school = session.query(School).one()
    assert (school.authority, school.region, school.sector) == ("angus", "tayside", "primary")
    assert (school.context, school.roll, loaded.new) == ("island rural", 86, 1)
    assert session.query(AuditEntry).one().action == AuditAction.SCHOOLS_LOADED


def test_the_same_file_twice_is_harmless_and_a_change_is_taken(session, taxonomy):
    row = "Sample Primary,angus,primary,,86\n"
    load(session, taxonomy, row)
    again = load(session, taxonomy, row)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    changed = load(session, taxonomy, row.replace("86", "90"))
    assert (changed.new, changed.changed) == (0, 1)
    assert session.query(School).one().roll == 90


def test_what_cannot_be_taken_is_told_with_its_line_and_the_rest_is_taken(session, taxonomy):
    rows = (
        "Good,angus,,,\n,angus,,,\nA,atlantis,,,\nB,angus,castle,,\nC,angus,,moon,\n"
        "D,angus,,,many\nAlso good,fife,,,12\nE,angus,,,99999\n"
    )
    loaded = load(session, taxonomy, rows)
    assert [line for line, _ in loaded.problems] == [3, 4, 5, 6, 7, 9]
    assert "“atlantis”" in loaded.problems[1][1]
    assert loaded.new == 2


@pytest.mark.parametrize(
    "data", [b"", b"name;authority\n", b"\xff\xfe", b'name,authority\n"open', b"\0\0"]
)
def test_what_is_no_such_file_is_told_in_a_sentence(session, taxonomy, data):
    with pytest.raises(InvalidInput, match=r"\.$"):
        schools.load(session, OPERATOR, taxonomy, data)


def test_a_name_with_a_nul_is_refused(session, taxonomy):
    assert load(session, taxonomy, "A\0B,angus,,,\n").problems


def test_resources_find_their_school_where_name_and_authority_agree(session, taxonomy):
    ours = a_resource(session, title="Ours", school="Sample Primary", authority="angus")
    other = a_resource(session, title="Other", school="Sample Primary", authority="fife")
    loaded = load(session, taxonomy, "Sample Primary,angus,,,\n")
    session.expire_all()
    assert loaded.resources == 1
    assert ours.revisions[0].school_id == session.query(School).one().id
    assert other.revisions[0].school_id is None


def test_only_who_keeps_accounts_loads_schools(session, taxonomy):
    with pytest.raises(NotAllowed):
        load(session, taxonomy, "", actor_for(a_person(session, Role.REGIONAL_LEAD)))


def test_schools_are_found_by_words(session, taxonomy):
    load(session, taxonomy, "High Sample,angus,,,\nLow Sample,fife,,,\n")
    assert [s.name for s in schools.find(session, OPERATOR, "sample low")] == ["Low Sample"]
