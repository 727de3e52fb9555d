"""flask accounts: people, from the machine: the first administrator, and whoever is locked out."""

from typing import Any

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library, tell
from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, OPERATOR, Role
from app.faces.doorstep import parts
from app.formats.signed_links import Purpose, make_link_token
from app.services.accounts import demo as demo_people
from app.services.accounts import invitations, own_account
from app.services.accounts import people as service
from app.services.accounts.actors import grant_in_force
from app.services.accounts.invitations import Guest
from app.services.accounts.places import Wanted, place_role, school_named
from app.services.accounts.sign_in import find_by_email

accounts = AppGroup("accounts", help="People who sign in: add, invite, disable, list.")

LOCALLY = "http://localhost:5000"  # where a link leads when PUBLIC_URL is not set
role_option = click.option(
    "--role", required=True, type=click.Choice([str(role) for role in BELONGS_TO])
)
school_option = click.option("--school", default="", help="Its name; of a teacher, a headteacher.")
authority_option = click.option(
    "--authority", default="", help="A code, such as angus: of an officer, or of the school."
)
region_option = click.option("--region", default="", help="A code, such as tayside: of a lead.")


@accounts.command("add")
@click.argument("name")
@click.argument("email")
@role_option
@school_option
@authority_option
@region_option
@click.option("--link", is_flag=True, help="Ask for no password: print a link to choose one.")
@on_the_library
def add(
    *, name: str, email: str, role: str, school: str, authority: str, region: str, link: bool
) -> None:
    """Make an account at once, with a password that is asked for twice."""
    password = None if link else _ask_password()
    now = utc_now()
    with unit_of_work() as session:
        wanted = Wanted(
            Role(role), school_named(session, school, authority), authority or None, region or None
        )
        placed = place_role(session, parts().taxonomy, wanted)
        person = service.add(
            session,
            OPERATOR,
            name=name,
            email=email,
            role_place=placed,
            password=password,
            now=now,
        )
        lasts = own_account.FIRST_LASTS
        reset = own_account.make_reset(session, person, now, lasts) if link else None
    click.echo(f"{person.name} has an account as {person.email}.")
    if reset is not None:
        click.echo("They choose their password here, within seven days:")
        click.echo(_link("reset", Purpose.RESET, reset.id))


@accounts.command("invite")
@click.argument("name")
@click.argument("email")
@role_option
@school_option
@authority_option
@region_option
@on_the_library
def invite(*, name: str, email: str, role: str, school: str, authority: str, region: str) -> None:
    """Invite somebody, by mail and by a link that is printed; it can be used once in seven days."""
    with unit_of_work() as session:
        wanted = Wanted(
            Role(role), school_named(session, school, authority), authority or None, region or None
        )
        placed = place_role(session, parts().taxonomy, wanted)
        invitation = invitations.invite(session, OPERATOR, Guest(name, email, placed), utc_now())
    click.echo(_link("invitations", Purpose.INVITATION, invitation.id))


@accounts.command("disable")
@click.argument("email")
@on_the_library
def disable(email: str) -> None:
    """Shut an account: nobody signs in with it, and its browsers are signed out."""
    with unit_of_work() as session:
        person = _person_at(session, email)
        service.disable(session, OPERATOR, person.id, utc_now())
    click.echo(f"{person.name}’s account is shut.")


@accounts.command("enable")
@click.argument("email")
@on_the_library
def enable(email: str) -> None:
    """Open an account that was shut."""
    with unit_of_work() as session:
        person = _person_at(session, email)
        service.enable(session, OPERATOR, person.id, utc_now())
    click.echo(f"{person.name}’s account is open again.")


@accounts.command("list")
@click.argument("words", default="")
@on_the_library
def list_people(words: str) -> None:
    """List accounts, all of them or those whose name or address holds the words."""
    now, asked = utc_now(), service.Filter(words)
    with reading() as session:
        while True:
            found = service.find(session, OPERATOR, asked)
            for person in found.people:
                role, where = _role_of(grant_in_force(person, now))
                marks = ", shut" if person.disabled_at else ""
                click.echo(f"{person.email}\t{person.name}\t{role}\t{where}{marks}")
            if asked.page >= found.pages:
                break
            asked = service.Filter(words, page=asked.page + 1)


@accounts.command("demo")
@on_the_library
def demo() -> None:
    """Make invented people of every role, for trying things out; never in production."""
    if parts().settings.is_production:
        raise NotAllowed("Invented people with a known password have no place in production.")
    with unit_of_work() as session:
        made = demo_people.set_up(session, OPERATOR, parts().taxonomy, utc_now())
    click.echo(f"{made} invented people made, {len(demo_people.PEOPLE) - made} there already.")
    for person in demo_people.PEOPLE:
        click.echo(f"  {demo_people.ADDRESS.format(person.local):36} {person.name}")
    click.echo(f"  Each has the password: {demo_people.PASSWORD}")


def _person_at(session: Any, email: str) -> Any:
    """Return the person with this e-mail address.

    Raises:
        NotFound: there is none.
    """
    person = find_by_email(session, email)
    if person is None:
        raise NotFound(f"There is no account for {email}.")
    return person


def _role_of(grant: Any) -> tuple[str, str]:
    """Return a role and its narrowest place, in words; `grant` is a row, or None."""
    if grant is None:
        return "no role", "-"
    place = grant.school.name if grant.school else grant.authority or grant.region
    return grant.role.label, place or "-"


def _ask_password() -> str:
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not isinstance(password, str):
        raise InvalidInput("Enter a password.")
    return password


def _link(path: str, purpose: Purpose, row_id: int) -> str:
    settings = parts().settings
    token = make_link_token(settings.secret_key, purpose, row_id)
    if not settings.public_url:
        tell("PUBLIC_URL is not set: put the library’s own address in place of the first part.")
    return f"{settings.public_url or LOCALLY}/{path}/{token}"
