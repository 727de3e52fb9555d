"""A library in a folder of its own, with thousands who follow something, and things new to them."""

import json
import random
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from ulid import ULID

from app import db
from app.domain.audience import Audience
from app.domain.follows import FollowKind
from app.domain.moments import utc_now
from app.domain.people import Role
from app.domain.resources import Kind
from app.domain.workflow import State
from app.formats.taxonomy_files import read_taxonomy
from app.models.follows import Follow
from app.models.people import Person, RoleGrant
from app.models.resources import Resource, Revision, RevisionTerm
from app.models.schools import School
from app.schema import upgrade
from config import PROJECT_DIR, Settings

WORDS = (
    *("numeracy", "reading", "playground", "attendance", "nurture"),
    *("outdoor", "writing", "science", "music", "play"),
)
RESOURCES = 300
NEW = 60  # of them, published within the last days
QUIET = 50  # one of so many people follows nothing that has news
FOLLOWED = timedelta(days=10)
SEARCHES = 60  # different ones


class FollowersLibrary:
    """A whole library below a folder, with people who follow a region, a theme, a search."""

    def __init__(self, folder: Path, people: int, mail_port: int) -> None:
        self.settings = Settings(
            database_url=f"sqlite:///{folder}/library.sqlite",
            content_dir=folder / "content",
            taxonomy_dir=PROJECT_DIR / "content/taxonomy",
            index_dir=folder / "index",
            follower="none",
            smtp_host="127.0.0.1",
            smtp_port=mail_port,
            smtp_security="none",
        )
        self._path, self._chance = folder / "library.sqlite", random.Random(5)  # noqa: S311
        self.marks: dict[str, str] = {}  # of resources, by slug
        self.regions: dict[str, str] = {}  # of people, by address
        self.quiet: set[str] = set()  # addresses
        taxonomy = read_taxonomy(self.settings.taxonomy_dir)
        self._codes = [
            (term.code, next((b for b in term.broader if b in taxonomy.codes("regions")), ""))
            for term in taxonomy.vocabularies["authorities"].terms
        ]
        self._codes = [pair for pair in self._codes if pair[1]]
        self._themes = taxonomy.codes("themes")
        upgrade(self.settings.database_url)
        engine = db.connect(self.settings.database_url)
        self._fill(people)
        engine.dispose()

    def environment(self) -> Mapping[str, str]:
        """Return what a process needs to work on this library."""
        return self.settings.as_environment()

    def may_read(self, address: str, slug: str) -> bool:
        """Say whether somebody, by their mail address, may read a resource, by its slug."""
        return self.marks[slug] in ("public", "staff", f"region:{self.regions[address]}")

    def digests(self) -> list[list[str]]:
        """Return what each digest that was made tells of."""
        with sqlite3.connect(self._path) as held:
            rows = held.execute("SELECT items_json FROM digests").fetchall()
        return [[item["id"] for item in json.loads(row[0])["items"]] for row in rows]

    def _fill(self, people: int) -> None:
        now = utc_now()
        with db.unit_of_work() as session:
            schools = [
                School(name=f"Invented {n}", authority=code, region=region, is_sample=True)
                for n, (code, region) in enumerate(self._codes)
            ]
            session.add_all(schools)
            for number in range(RESOURCES):
                session.add(self._resource(number, now))
            session.flush()
            quiet = School(
                name="Nothing new", authority=self._codes[0][0], region=self._codes[0][1]
            )
            session.add(quiet)
            session.add_all(self._person(n, self._chance.choice(schools)) for n in range(people))
            session.flush()
            for number, person in enumerate(session.scalars(select(Person).order_by(Person.id))):
                follows = self._follows(number, person, quiet.id, now)
                session.add_all(follows)

    def _resource(self, number: int, now: datetime) -> Resource:
        days = self._chance.uniform(0.1, 4) if number < NEW else self._chance.uniform(30, 300)
        authority, region = self._codes[number % len(self._codes)]
        audience = list(Audience)[number % len(Audience)]
        slug = f"invented-{number}"
        is_kept = audience is Audience.REGION
        self.marks[slug] = f"region:{region}" if is_kept else audience.value
        words = " ".join(self._chance.sample(WORDS, 3))
        revision = Revision(
            number=1,
            title=f"Invented {number}: {words}",
            summary=f"How {words} went.",
            body_markdown=f"## Context\n\n{words}\n",
            state=State.PUBLISHED,
            audience=audience,
            region=region,
            authority=authority,
            published_at=now - timedelta(days=days),
            published_on=(now - timedelta(days=days)).date(),
            terms=[RevisionTerm(facet="theme", code=self._chance.choice(self._themes), position=0)],
        )
        return Resource(id=str(ULID()), kind=Kind.CASE_STUDY, slug=slug, revisions=[revision])

    def _person(self, number: int, school: School) -> Person:
        email = f"follower-{number}@sample.example"
        self.regions[email] = school.region
        grant = RoleGrant(
            role=Role.TEACHER,
            school_id=school.id,
            authority=school.authority,
            region=school.region,
        )
        return Person(name=f"Follower {number}", email=email, is_sample=True, grants=[grant])

    def _follows(self, number: int, person: Person, quiet: int, now: datetime) -> list[Follow]:
        if number % QUIET == 0:
            self.quiet.add(person.email)
            keys = [(FollowKind.SCHOOL, str(quiet), "Nothing new")]
        else:
            theme, word = self._chance.choice(self._themes), number % SEARCHES
            query = f"q={WORDS[word % len(WORDS)]}&region={self._codes[word % 32][1]}"
            keys = [
                (FollowKind.REGION, self.regions[person.email], "My region"),
                (FollowKind.THEME, theme, theme),
                (FollowKind.SEARCH, query, "My search"),
            ]
        at = now - FOLLOWED
        return [
            Follow(person_id=person.id, kind=kind, key=key, label=label, followed_at=at)
            for kind, key, label in keys
        ]
