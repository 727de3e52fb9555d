"""Measure a resource page with many tries and questions: python scripts/bench_resource_page.py."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app import create_app, db
from app.domain.evidence import Outcome
from app.domain.people import Role
from app.domain.resources import Kind
from app.domain.workflow import State
from app.models.adoptions import Adoption
from app.models.people import Person, RoleGrant
from app.models.questions import Answer, Question
from app.models.resources import Resource, Revision, RevisionTerm
from app.models.schools import School
from app.schema import upgrade
from config import Settings

ADOPTIONS, QUESTIONS, SCHOOLS = 200, 50, 90
TURNS, WARM_UP = 60, 10
BUDGET_MS = 30.0
RESOURCE_ID = "01JD8Q2V7NFTK9M4C3XH6RBWZE"
PAGE = "/resources/number-talks"
WORDS = "We did it for six minutes, straight after break, and the class next door joined in. "
PLACES = (
    ("angus", "tayside"),
    ("highland", "northern-alliance"),
    ("fife", "south-east"),
    ("glasgow-city", "west"),
)


def main() -> int:
    """Make the resource, ask for its page again and again, tell the median; 1: over budget."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                testing=True,
                database_url=f"sqlite:///{folder}/library.sqlite",
                content_dir=Path(folder) / "content",
                index_dir=Path(folder) / "index",
                search_engine="memory",
                follower="none",
            )
        )
        url = f"sqlite:///{folder}/library.sqlite"
        upgrade(url)
        engine = db.connect(url)
        with db.unit_of_work() as session:
            _fill(session)
        took_ms, size = _timed(app.test_client())
        asked = _count_questions(engine, app.test_client())
        engine.dispose()
    median = statistics.median(took_ms)
    slowest = sorted(took_ms)[int(len(took_ms) * 0.95)]
    print(f"a resource page with {ADOPTIONS} tries and {QUESTIONS} questions, {TURNS} times:")
    print(f"median {median:.1f} ms, 95 % within {slowest:.1f} ms (budget {BUDGET_MS:.0f} ms)")
    print(f"{size / 1000:.0f} kB, {asked} questions to the database")
    return 0 if median < BUDGET_MS else 1


def _timed(client: FlaskClient) -> tuple[list[float], int]:
    took_ms, size = [], 0
    for turn in range(WARM_UP + TURNS):
        begun = time.perf_counter()
        answer = client.get(PAGE)
        lasted = (time.perf_counter() - begun) * 1000
        if answer.status_code != 200:  # noqa: PLR2004 - OK
            raise SystemExit(f"{PAGE} answered {answer.status_code}")
        size = len(answer.data)
        if turn >= WARM_UP:
            took_ms.append(lasted)
    return took_ms, size


def _count_questions(engine: Engine, client: FlaskClient) -> int:
    asked: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    client.get(PAGE)
    return len(asked)


def _fill(session: Session) -> None:
    schools = list(_schools())
    session.add_all(schools)
    session.flush()
    person = Person(name="Somebody invented", email="somebody@sample.example", is_sample=True)
    person.grants = [RoleGrant(role=Role.TEACHER, school_id=schools[0].id)]
    session.add(person)
    session.flush()
    session.add(_resource(schools[0], person))
    session.flush()
    session.add_all(_adoptions(schools, person))
    session.add_all(_questions(person))


def _schools() -> Iterator[School]:
    for number in range(SCHOOLS):
        authority, region = PLACES[number % len(PLACES)]
        name = f"Invented School {number}"
        yield School(name=name, authority=authority, region=region, is_sample=True)


def _resource(school: School, person: Person) -> Resource:
    body = "".join(
        f"## {heading}\n\n{WORDS * 6}\n\n"
        for heading in ("Context", "What we did", "How we know", "Impact", "What we would change")
    )
    revision = Revision(
        number=1,
        title="Number talks",
        summary=WORDS,
        body_markdown=body,
        state=State.PUBLISHED,
        region=school.region,
        authority=school.authority,
        school=school.name,
        school_id=school.id,
        author_id=person.id,
        published_on=date(2026, 3, 2),
        terms=[RevisionTerm(facet="stage", code="p5", position=0)],
    )
    return Resource(id=RESOURCE_ID, kind=Kind.CASE_STUDY, slug="number-talks", revisions=[revision])


def _adoptions(schools: list[School], person: Person) -> Iterator[Adoption]:
    outcomes = list(Outcome)
    for number in range(ADOPTIONS):
        school = schools[number % len(schools)]
        yield Adoption(
            resource_id=RESOURCE_ID,
            person_id=person.id,
            school_id=school.id,
            authority=school.authority,
            region=school.region,
            stages="p5 p6",
            tried_on=date(2026, number % 11 + 1, 1),
            changes=WORDS * 3,
            outcome=outcomes[number % len(outcomes)],
            would_repeat=bool(number % 3),
        )


def _questions(person: Person) -> Iterator[Question]:
    for number in range(QUESTIONS):
        answers = [Answer(person_id=person.id, words=WORDS) for _ in range(number % 3)]
        yield Question(
            resource_id=RESOURCE_ID,
            person_id=person.id,
            words=f"{WORDS} Which stage was that? ({number})",
            region="tayside",
            answers=answers,
        )


if __name__ == "__main__":
    sys.exit(main())
