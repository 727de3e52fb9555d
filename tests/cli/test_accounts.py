"""flask accounts and flask schools: the operator's way to people and schools."""

import pytest

from app import db
from app.formats.signed_links import Purpose, read_link_token
from app.models.people import Invitation, Person
from app.models.schools import School
from app.models.sign_ins import PasswordReset
from app.services.accounts import demo, passwords
from tests.content_app import a_file

WORDS = "three random words"
KEEPER = ("accounts", "add", "Invented Keeper", "keeper@sample.example", "--role", "administrator")
SCHOOLS = "name,authority,sector,context,roll\nSample Primary,angus,primary,rural,86\n"


def typed(*lines):
    return {"input": "\n".join(lines) + "\n"}


def link_in(library, done, path, purpose):
    line = next(line for line in done.stdout.splitlines() if f"/{path}/" in line)
    return read_link_token(library.settings.secret_key, purpose, line.rpartition("/")[2])


def test_the_first_administrator_is_added_with_a_password_typed_twice(library):
    done = library.run(*KEEPER, **typed(WORDS, WORDS))
    assert done.exit_code == 0, done.output
    assert WORDS not in done.output
    with db.new_session() as session:
        person = session.query(Person).one()
        assert passwords.is_right(person.password_hash, WORDS)
        assert person.grants[0].granted_by_id is None


def test_a_password_that_is_easily_guessed_is_refused(library):
    done = library.run(*KEEPER, **typed("123456789012", "123456789012"))
    assert done.exit_code == 1
    assert "easily guessed" in done.stderr


def test_a_link_to_choose_a_password_is_printed_where_nobody_types_one(library):
    done = library.run(*KEEPER, "--link")
    reset_id = link_in(library, done, "reset", Purpose.RESET)
    with db.new_session() as session:
        assert session.get(PasswordReset, reset_id).person_id == session.query(Person).one().id


def test_an_address_has_one_account(library):
    library.run(*KEEPER, "--link")
    done = library.run(*KEEPER, "--link")
    assert (done.exit_code, "already" in done.stderr) == (1, True)


def test_an_invitation_is_printed_as_a_link(library):
    library.run("schools", "load", library.put("schools.csv", SCHOOLS))
    done = library.run(
        "accounts", "invite", "Invented Guest", "guest@sample.example", "--role", "teacher",
        "--school", "Sample Primary",
    )  # fmt: skip
    invitation_id = link_in(library, done, "invitations", Purpose.INVITATION)
    with db.new_session() as session:
        invitation = session.get(Invitation, invitation_id)
        assert (invitation.email, invitation.region) == ("guest@sample.example", "tayside")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("teacher",), "Choose the school"),
        (("teacher", "--school", "Nowhere"), "There is no school “Nowhere”"),
        (("authority_officer", "--authority", "atlantis"), "Choose an authority"),
        (("regional_lead", "--region", "atlantis"), "Choose the region"),
    ],
)
def test_a_role_without_its_place_is_refused_in_a_sentence(library, options, said):
    done = library.run("accounts", "invite", "A", "a@sample.example", "--role", *options)
    assert (done.exit_code, said in done.stderr) == (1, True)
    assert "Traceback" not in done.output


def test_an_account_is_shut_opened_and_listed(library):
    library.run(*KEEPER, "--link")
    other = ("accounts", "add", "Other Keeper", "other@sample.example", "--role", "administrator")
    library.run(*other, "--link")
    assert library.run("accounts", "disable", "Other@Sample.example").exit_code == 0
    assert (
        "other@sample.example\tOther Keeper\tadministrator\t-, shut"
        in library.run("accounts", "list", "other").stdout
    )
    last = library.run("accounts", "disable", "keeper@sample.example")
    assert "only administrator" in last.stderr
    assert library.run("accounts", "enable", "other@sample.example").exit_code == 0
    assert library.run("accounts", "disable", "nobody@sample.example").exit_code == 1


def test_demo_people_are_made_and_printed_with_their_password(library):
    for made in (len(demo.PEOPLE), 0):
        done = library.run("accounts", "demo")
        assert f"{made} invented people made" in done.stdout
        assert demo.PASSWORD in done.stdout
    assert library.run("accounts", "list").stdout.count("@sample.example") == len(demo.PEOPLE)


def test_demo_people_are_refused_in_production(library):
    library.parts = library.changed(
        environment="production", secret_key="a-secret-of-our-own-that-is-long-enough"
    )
    done = library.run("accounts", "demo")
    assert (done.exit_code, "no place in production" in done.stderr) == (1, True)


def test_schools_are_loaded_told_and_listed(library):
    file = library.put("schools.csv", SCHOOLS + "Bad,atlantis,,,\n")
    done = library.run("schools", "load", file)
    assert done.exit_code == 1
    assert f"{file}:3: There is no authority “atlantis”." in done.stderr
    assert "1 new, 0 changed, 0 unchanged, 1 refused" in done.stdout
    assert "0 new, 0 changed, 1 unchanged" in library.run("schools", "load", file).stdout
    assert library.run("schools", "list").stdout == "Sample Primary\tangus\tprimary\trural\t86\n"
    assert library.run("schools", "load", library.folder / "none.csv").exit_code == 1


def test_a_resource_loaded_later_knows_its_school(library):
    library.run("schools", "load", library.put("schools.csv", SCHOOLS))
    library.put("files/a.md", a_file(school="Sample Primary", authority="angus"))
    library.run("content", "load", library.folder / "files")
    with db.new_session() as session:
        from app.models.resources import Revision

        assert session.query(Revision).one().school_id == session.query(School).one().id
