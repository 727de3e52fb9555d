"""Invented people: of every role, in two regions, and plainly so."""

from collections import Counter

from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, OPERATOR, Role
from app.models.people import Person
from app.models.schools import School
from app.services.accounts import demo, passwords
from tests.builders import a_person, actor_for
from tests.content_app import PROJECT


def test_there_is_somebody_of_every_role_and_twice_is_harmless(session, taxonomy):
    assert demo.set_up(session, OPERATOR, taxonomy, utc_now()) == len(demo.PEOPLE)
    assert demo.set_up(session, OPERATOR, taxonomy, utc_now()) == 0
    people = demo.find_people(session, utc_now())
    counts = Counter(actor_for(person).role for person in people)
    assert set(counts) == set(BELONGS_TO)
    assert counts[Role.REGIONAL_LEAD] == counts[Role.HEADTEACHER] == 2
    assert len({actor_for(p).region for p in people if actor_for(p).region}) == 2


def test_everything_about_them_says_that_they_are_invented(session, taxonomy):
    demo.set_up(session, OPERATOR, taxonomy, utc_now())
    for person in session.query(Person):
        assert person.is_sample
        assert person.name.startswith("Demo ")
        assert person.email.endswith("@sample.example")
        assert passwords.is_right(person.password_hash, demo.PASSWORD)
    assert all(school.is_sample for school in session.query(School))


def test_only_invented_people_come_in_without_a_password(session):
    real, invented = a_person(session), a_person(session)
    real.is_sample = False
    session.flush()
    assert demo.sign_in(session, real.email, "A test", utc_now()) is None
    assert demo.sign_in(session, "nobody@sample.example", "A test", utc_now()) is None
    assert demo.sign_in(session, invented.email, "A test", utc_now()).actor.id == invented.id


def test_the_invented_schools_are_those_of_the_sample_library():
    texts = [p.read_text() for p in (PROJECT / "content").rglob("*.md")]
    for line in demo.SCHOOLS.strip().splitlines()[1:]:
        name, authority, *_ = line.split(",")
        assert any(f"school: {name}" in t and f"authority: {authority}" in t for t in texts), name


def test_the_command_that_serves_names_people_that_there_are():
    welcome = (PROJECT / "scripts/serve.py").read_text()
    assert demo.PASSWORD in welcome
    told = {word for word in welcome.split() if word.endswith("@sample.example")}
    assert told <= {demo.ADDRESS.format(one.local) for one in demo.PEOPLE}
    assert len(told) == len(BELONGS_TO)
