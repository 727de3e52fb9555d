"""The vocabularies as administrators see them: terms, counts, what a change would come to."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, WrongState
from app.domain.facets import FACETS
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, fold
from app.domain.terms import Names, compare_names, names_of
from app.models.people import Person
from app.models.terms import TermChange
from app.services.terms.changing import Stand, require_undoable
from app.services.terms.filed import count_filed

PER_PAGE = 20
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Overview:
    """One vocabulary in the list of them."""

    vocabulary: Vocabulary
    offered: int  # terms that may be given to a resource today
    retired: int
    unverified: int  # terms of which something is yet to be checked


@dataclass(frozen=True)
class Effects:
    """What a change to a term comes to."""

    names: Names
    filed: int  # published resources under it
    is_relabelled: bool  # they are indexed anew
    elsewhere: tuple[tuple[str, str, str], ...]  # a new name, and whose it is too: term, list
    belonging: int  # terms in use that belong to it (authorities to a region)


@dataclass(frozen=True)
class ToldChange:
    """One change in the list of them."""

    change: TermChange
    who: str
    before: Term | None
    after: Term | None
    hindrance: str  # why it cannot be taken back; "" where it can


@dataclass(frozen=True)
class ChangePage:
    """A page of the list of changes, newest first."""

    changes: tuple[ToldChange, ...]
    total: int
    page: int


def find_vocabularies(actor: Actor, taxonomy: Taxonomy) -> list[Overview]:
    """Return all vocabularies, by label.

    Raises:
        NotAllowed: the actor may not keep terms.
    """
    require(actor, Action.KEEP_TERMS)
    found = [
        Overview(
            vocabulary=one,
            offered=sum(term.is_offered for term in one.terms),
            retired=sum(term.is_retired for term in one.terms),
            unverified=sum(bool(term.unverified) for term in one.terms),
        )
        for one in taxonomy.vocabularies.values()
    ]
    return sorted(found, key=lambda one: one.vocabulary.label)


def read_vocabulary(actor: Actor, taxonomy: Taxonomy, name: str) -> Vocabulary:
    """Return a vocabulary by its name.

    Raises:
        NotAllowed: the actor may not keep terms.
        NotFound: there is none of this name.
    """
    require(actor, Action.KEEP_TERMS)
    if name not in taxonomy.vocabularies:
        raise NotFound("There is no such vocabulary.")
    return taxonomy.vocabularies[name]


def read_term(actor: Actor, taxonomy: Taxonomy, name: str, code: str) -> tuple[Vocabulary, Term]:
    """Return a term with its vocabulary.

    Raises:
        NotAllowed: the actor may not keep terms.
        NotFound: there is none of this code.
    """
    vocabulary = read_vocabulary(actor, taxonomy, name)
    if code not in vocabulary.by_code:
        raise NotFound("There is no such term.")
    return vocabulary, vocabulary.by_code[code]


def count_by_term(session: Session, actor: Actor, vocabulary: Vocabulary) -> Mapping[str, int]:
    """Return how many published resources are filed under each term, by code.

    Raises:
        NotAllowed: the actor may not keep terms.
    """
    require(actor, Action.KEEP_TERMS)
    return count_filed(session, vocabulary.name)


def foresee(
    session: Session,
    actor: Actor,
    taxonomy: Taxonomy,
    vocabulary: Vocabulary,
    *,
    before: Term | None,
    after: Term,
) -> Effects:
    """Return what a change would come to; nothing is done.

    Raises:
        NotAllowed: the actor may not keep terms.
    """
    names = compare_names(before, after)
    return Effects(
        names=names,
        filed=count_by_term(session, actor, vocabulary).get(after.code, 0),
        is_relabelled=before is not None
        and (before.label, before.label_gd) != (after.label, after.label_gd),
        elsewhere=tuple(_elsewhere(taxonomy, vocabulary, names.gained)),
        belonging=_belonging(taxonomy, vocabulary, after) if after.is_retired else 0,
    )


def find_changes(session: Session, actor: Actor, taxonomy: Taxonomy, page: int = 1) -> ChangePage:
    """Return a page of what was changed, newest first.

    Raises:
        NotAllowed: the actor may not keep terms.
    """
    require(actor, Action.KEEP_TERMS)
    page = max(1, min(page, LAST_PAGE))
    asked = select(TermChange).order_by(TermChange.id.desc())
    found = session.scalars(asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    ids = {one.person_id for one in found if one.person_id is not None}
    people = {
        row.id: row.name
        for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    }
    total = session.scalar(select(func.count()).select_from(TermChange)) or 0
    told = (_told(session, taxonomy, one, people) for one in found)
    return ChangePage(tuple(told), total, page)


def tell_change(session: Session, actor: Actor, taxonomy: Taxonomy, made: TermChange) -> ToldChange:
    """Return one change as the list tells it.

    Raises:
        NotAllowed: the actor may not keep terms.
    """
    require(actor, Action.KEEP_TERMS)
    person = session.get(Person, made.person_id) if made.person_id is not None else None
    return _told(session, taxonomy, made, {person.id: person.name} if person else {})


def _told(
    session: Session, taxonomy: Taxonomy, made: TermChange, people: Mapping[int, str]
) -> ToldChange:
    try:
        require_undoable(session, taxonomy, made)
        hindrance = ""
    except WrongState as reason:
        hindrance = str(reason)
    return ToldChange(
        change=made,
        who="The operator" if made.person_id is None else people.get(made.person_id, "Somebody"),
        before=Stand.from_json(made.before_json).term,
        after=Stand.from_json(made.after_json).term,
        hindrance=hindrance,
    )


def _elsewhere(
    taxonomy: Taxonomy, vocabulary: Vocabulary, gained: tuple[str, ...]
) -> list[tuple[str, str, str]]:
    """Return which new names mean something in another vocabulary that people search by."""
    wanted = {fold(name): name for name in gained}
    searched = {facet.vocabulary for facet in FACETS}
    return [
        (wanted[folded], term.label, held.label)
        for held, term in taxonomy.all_terms()
        if held.name != vocabulary.name and held.name in searched
        for folded in {fold(name) for name in names_of(term)} & wanted.keys()
    ]


def _belonging(taxonomy: Taxonomy, vocabulary: Vocabulary, term: Term) -> int:
    return sum(
        term.code in one.broader and one.is_offered
        for held, one in taxonomy.all_terms()
        if held.name != vocabulary.name and not held.groups
    )
