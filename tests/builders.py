"""Small makers of test data: say only what the test is about."""

from datetime import date

from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.evidence import Outcome
from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, Actor, Belonging, Role
from app.domain.resources import Kind
from app.domain.workflow import State
from app.models.adoptions import Adoption
from app.models.collections import Collection, CollectionItem, CollectionSection
from app.models.people import Person, RoleGrant
from app.models.questions import Answer, Question
from app.models.resources import Resource, Revision, RevisionTag, RevisionTerm
from app.models.schools import School
from app.services.accounts.actors import actor_of


def an_actor(role: Role = Role.TEACHER, region: str | None = "tayside", id: int = 7) -> Actor:
    return Actor(role=role, id=id, region=region)


def a_resource(
    session: Session,
    *,
    title: str = "Outdoor numeracy",
    kind: Kind = Kind.CASE_STUDY,
    audience: Audience = Audience.PUBLIC,
    region: str = "tayside",
    body: str = "## Context\n\nWe *measured* the playground.\n",
    state: State = State.PUBLISHED,
    terms: dict[str, tuple[str, ...]] | None = None,
    tags: tuple[str, ...] = (),
    **more,
) -> Resource:
    """Return a resource with one revision, flushed to the session."""
    revision = Revision(
        number=1,
        title=title,
        body_markdown=body,
        state=state,
        audience=audience,
        region=region,
        published_on=more.pop("published_on", date(2026, 3, 2)),
        **more,
    )
    pairs = [(facet, code) for facet, codes in (terms or {}).items() for code in codes]
    revision.terms = [
        RevisionTerm(facet=facet, code=code, position=place)
        for place, (facet, code) in enumerate(pairs)
    ]
    revision.tags = [RevisionTag(tag=tag, position=place) for place, tag in enumerate(tags)]
    resource = Resource(
        id=str(ULID()),
        kind=kind,
        slug=title.lower().replace(" ", "-"),
        revisions=[revision],
    )
    session.add(resource)
    session.flush()
    return resource


def a_school(
    session: Session,
    name: str = "Balquhinnie Primary School",
    authority: str = "angus",
    region: str = "tayside",
    **more,
) -> School:
    """Return the school with this name, made where there is none yet; all are invented."""
    held = session.query(School).filter_by(name=name, authority=authority).first()
    if held is not None:
        return held
    school = School(name=name, authority=authority, region=region, is_sample=True, **more)
    session.add(school)
    session.flush()
    return school


def a_person(
    session: Session,
    role: Role = Role.TEACHER,
    *,
    name: str = "",
    school: School | None = None,
    authority: str = "angus",
    region: str = "tayside",
    **more,
) -> Person:
    """Return somebody with a role in force, placed as it asks; all are invented."""
    belongs = BELONGS_TO[role]
    if belongs is Belonging.SCHOOL:
        school = school or a_school(session, authority=authority, region=region)
        authority, region = school.authority, school.region
    grant = RoleGrant(
        role=role,
        school_id=school.id if school and belongs is Belonging.SCHOOL else None,
        authority=authority if belongs in (Belonging.SCHOOL, Belonging.AUTHORITY) else None,
        region=region if belongs is not Belonging.NOWHERE else None,
    )
    count = session.query(Person).count() + 1
    person = Person(
        name=name or f"Invented {role.label} {count}",
        email=f"{role}-{count}@sample.example",
        is_sample=True,
        grants=[grant],
        **more,
    )
    session.add(person)
    session.flush()
    return person


def actor_for(person: Person) -> Actor:
    """Return a person as the services know them."""
    actor = actor_of(person, utc_now())
    assert actor is not None, "this person has no role in force"
    return actor


def a_draft(session: Session, author: Person, *, state: State = State.DRAFT, **more) -> Revision:
    """Return the only revision of a new resource, written by this person at their place."""
    actor = actor_for(author)
    resource = a_resource(
        session,
        title=more.pop("title", "Outdoor numeracy in the rain"),
        region=actor.region or "tayside",
        authority=actor.authority,
        state=state,
        published_on=None,
        author_id=actor.id,
        school_id=actor.school_id,
        **more,
    )
    resource.slug = f"draft-{resource.id.lower()}"
    session.flush()
    return resource.revisions[0]


def a_collection(
    session: Session,
    owner: Person | None = None,
    resources: tuple[Resource, ...] = (),
    *,
    title: str = "Talking about number",
    state: CollectionState = CollectionState.PUBLISHED,
    **more,
) -> Collection:
    """Return a collection of these resources in one section, kept by this person at their place."""
    actor = actor_for(owner or a_person(session, Role.REGIONAL_LEAD))
    place = {"region": actor.region, "authority": actor.authority, "school_id": actor.school_id}
    collection = Collection(
        id=str(ULID()),
        slug=more.pop("slug", title.lower().replace(" ", "-")),
        title=title,
        state=state,
        owner_id=actor.id,
        published_on=date(2026, 3, 2) if state is CollectionState.PUBLISHED else None,
        **{**place, **more},
    )
    section = CollectionSection(position=0)
    collection.sections.append(section)
    session.add(collection)
    session.flush()
    section.items = [
        CollectionItem(collection_id=collection.id, resource_id=resource.id, position=place)
        for place, resource in enumerate(resources)
    ]
    session.flush()
    return collection


def an_adoption(
    session: Session, resource: Resource, person: Person | None = None, **more
) -> Adoption:
    """Return that somebody's school tried a resource."""
    actor = actor_for(person or a_person(session, Role.TEACHER))
    adoption = Adoption(
        resource_id=resource.id,
        person_id=actor.id,
        school_id=actor.school_id,
        authority=actor.authority,
        region=actor.region,
        tried_on=more.pop("tried_on", date(2026, 9, 1)),
        outcome=more.pop("outcome", Outcome.WORKED),
        would_repeat=more.pop("would_repeat", True),
        **more,
    )
    session.add(adoption)
    session.flush()
    return adoption


def a_question(
    session: Session, resource: Resource, person: Person | None = None, answer: str = "", **more
) -> Question:
    """Return what somebody asked about a published resource; with an answer where there is one."""
    actor = actor_for(person or a_person(session, Role.TEACHER))
    question = Question(
        resource_id=resource.id,
        person_id=actor.id,
        words=more.pop("words", "Which stage was it tried with?"),
        region=resource.revisions[0].region,
        **more,
    )
    session.add(question)
    session.flush()
    if answer:
        given = Answer(question_id=question.id, person_id=actor.id, words=answer)
        session.add(given)
        question.answered_at = utc_now()
        session.flush()
    return question
