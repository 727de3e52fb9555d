"""Invented schools and one invented person of every role, for trying the library out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.errors import NotAllowed
from app.domain.people import Actor, Role
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.models.people import Person, RoleGrant
from app.models.schools import School
from app.services.accounts import passwords, schools
from app.services.accounts.actors import actor_of
from app.services.accounts.people import grant
from app.services.accounts.places import Wanted, place_role
from app.services.accounts.sign_in import Admitted, admit, find_by_email

PASSWORD = "good practice 2026"  # noqa: S105 - invented people only, and never in production
ADDRESS = "{}@sample.example"
# The schools stand in the sample library's own files; no real school has such a name.
SCHOOLS = """name,authority,sector,context,roll
Balquhinnie Primary School,angus,primary,rural small,86
Dalfearna Primary School,perth-and-kinross,primary,rural,142
Achvarrich Primary School,highland,primary,rural small gaelic-medium,64
Tillyfoggie Academy,aberdeenshire,secondary,rural,610
Grunnavoe Primary School,shetland-islands,primary,island small,38
Kirkshale Academy,west-lothian,secondary,,980
"""


@dataclass(frozen=True)
class DemoPerson:
    """Somebody invented: what stands before the @, and the role that they play."""

    local: str
    name: str
    role: Role
    school: str = ""
    authority: str = ""
    region: str = ""


def _at_school(role: Role, place: str, school: str, authority: str) -> DemoPerson:
    name = f"Demo {role.label.capitalize()} ({place})"
    return DemoPerson(f"{role}.{place.lower()}", name, role, school, authority)


PEOPLE = (
    _at_school(Role.TEACHER, "Angus", "Balquhinnie Primary School", "angus"),
    _at_school(Role.HEADTEACHER, "Angus", "Balquhinnie Primary School", "angus"),
    DemoPerson(
        "lead.tayside", "Demo Regional lead (Tayside)", Role.REGIONAL_LEAD, region="tayside"
    ),
    DemoPerson(
        "officer.angus", "Demo Authority officer (Angus)", Role.AUTHORITY_OFFICER,
        authority="angus",
    ),
    _at_school(Role.TEACHER, "Highland", "Achvarrich Primary School", "highland"),
    _at_school(Role.HEADTEACHER, "Highland", "Achvarrich Primary School", "highland"),
    DemoPerson(
        "lead.northern", "Demo Regional lead (Northern Alliance)", Role.REGIONAL_LEAD,
        region="northern-alliance",
    ),
    DemoPerson(
        "officer.highland", "Demo Authority officer (Highland)", Role.AUTHORITY_OFFICER,
        authority="highland",
    ),
    DemoPerson("reader", "Demo National reader", Role.NATIONAL_READER),
    DemoPerson("administrator", "Demo Administrator", Role.ADMINISTRATOR),
)  # fmt: skip


def set_up(session: Session, actor: Actor, taxonomy: Taxonomy, now: datetime) -> int:
    """Make the invented schools and people that are not there yet; return how many people.

    Whoever is there already is left alone. Safe to repeat.

    Raises:
        NotAllowed: the actor does not keep accounts.
    """
    require(actor, Action.KEEP_ACCOUNTS)
    schools.load(session, actor, taxonomy, SCHOOLS.encode(), is_sample=True)
    kept, made = passwords.hash_of(PASSWORD), 0
    for one in PEOPLE:
        if find_by_email(session, ADDRESS.format(one.local)) is None:
            person = Person(
                name=one.name,
                email=ADDRESS.format(one.local),
                password_hash=kept,
                is_sample=True,
                created_at=now,
            )
            _make(session, actor, taxonomy, one, person)
            made += 1
    return made


def find_people(session: Session, now: datetime) -> list[Person]:
    """Return the invented people who may sign in, in the order in which they were made."""
    asked = select(Person).where(Person.is_sample).order_by(Person.id).limit(len(PEOPLE))
    found = session.scalars(asked.options(selectinload(Person.grants)))
    return [person for person in found if actor_of(person, now) is not None]


def sign_in(session: Session, email: str, device: str, now: datetime) -> Admitted | None:
    """Begin a sign-in as an invented person, without a password; None for anybody else."""
    person = find_by_email(session, email)
    actor = actor_of(person, now) if person is not None and person.is_sample else None
    if person is None or actor is None:
        return None
    return admit(session, person, actor, device, now)


def invent(
    session: Session, actor: Actor, taxonomy: Taxonomy, one: DemoPerson, now: datetime
) -> Actor:
    """Return an invented person with this role at this place; made where there is none yet.

    Raises:
        NotAllowed: the actor does not keep accounts.
        InvalidInput: there is no such place.
    """
    require(actor, Action.KEEP_ACCOUNTS)
    asked = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(School, School.id == RoleGrant.school_id)
        .where(Person.is_sample, RoleGrant.role == one.role, RoleGrant.ended_at.is_(None))
        .order_by(Person.id)
    )
    if one.school:
        asked = asked.where(School.name == one.school, School.authority == one.authority)
    elif one.authority:
        asked = asked.where(RoleGrant.authority == one.authority)
    elif one.region:
        asked = asked.where(RoleGrant.region == one.region)
    person = session.scalars(asked).first()
    if person is None:
        if one.school:
            _invent_school(session, actor, taxonomy, one)
        person = Person(
            name=one.name,
            email=ADDRESS.format(one.local),
            password_hash=passwords.hash_of(PASSWORD),
            is_sample=True,
            created_at=now,
        )
        _make(session, actor, taxonomy, one, person)
        session.refresh(person)
    found = actor_of(person, now)
    if found is None:
        raise NotAllowed(f"{person.name} cannot sign in at present.")
    return found


def _invent_school(session: Session, actor: Actor, taxonomy: Taxonomy, one: DemoPerson) -> None:
    columns = f"name,authority\n{one.school},{one.authority}\n"
    schools.load(session, actor, taxonomy, columns.encode(), is_sample=True)


def _make(
    session: Session, actor: Actor, taxonomy: Taxonomy, one: DemoPerson, person: Person
) -> None:
    session.add(person)
    session.flush()
    asked = select(School.id).where(School.name == one.school, School.authority == one.authority)
    wanted = Wanted(one.role, session.scalar(asked), one.authority, one.region)
    placed = place_role(session, taxonomy, wanted)
    grant(session, actor, person.id, placed, now=person.created_at)
