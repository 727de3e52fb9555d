"""What a query asks of an index, in no engine's words: wanted things, unwanted ones, filters.

An engine, or a faster way of reading one, need only answer a Plan.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.search.analysis import Word, form_of, phrase_of
from app.search.port import Chip, Question, Reading
from app.search.query_language import Clause, ParsedQuery, TypedFilter
from app.search.synonyms import EVERYWHERE, Expression, Thesaurus, TypedWord, Wording

SIDE_BY_SIDE_WEIGHT = 0.5  # on top of what the words of an expression count one by one


@dataclass(frozen=True)
class Concept:
    """What a resource may be filed under: a term, by its permanent code."""

    facet: str
    code: str
    label: str
    weight: float = 1.0  # exact 1.0; broader or narrower 0.4


@dataclass(frozen=True)
class Wanted:
    """One thing asked for.

    A resource has it that has every part, or any other name, or is filed under
    any of the concepts.
    """

    typed: str
    parts: tuple[Wording, ...]
    whole: Wording | None = None  # the parts side by side: counts on top
    others: tuple[Wording, ...] = ()
    concepts: tuple[Concept, ...] = ()
    is_required: bool = False  # a resource without it is not listed
    is_weak: bool = False  # says little: a resource may lack it and still have all that is wanted


@dataclass(frozen=True)
class Plan:
    """What a query asks of an index."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wording, ...] = ()
    filters: tuple[TypedFilter, ...] = ()
    is_everything: bool = False  # nothing typed says what to look for: list all


@dataclass(frozen=True)
class Understanding:
    """A query as a colleague would read it: what it asks, and what to tell the person."""

    plan: Plan
    chips: tuple[Chip, ...] = ()
    questions: tuple[Question, ...] = ()
    readings: tuple[Reading, ...] = ()


def make_plan(parsed: ParsedQuery, thesaurus: Thesaurus) -> Plan:
    """Say what a parsed query asks of an index."""
    wanted: dict[tuple[Wording, ...], Wanted] = {}
    for run in _runs(parsed.clauses):
        for thing in _plain(run, thesaurus) if run[0].is_plain else _marked(run[0]):
            wanted.setdefault(thing.parts, thing)
    unwanted = tuple(_exact(c) for c in parsed.clauses if c.is_excluded and phrase_of(c.words))
    return Plan(
        wanted=tuple(wanted.values()),
        unwanted=unwanted,
        filters=parsed.filters,
        is_everything=not wanted and (parsed.is_empty or bool(unwanted or parsed.filters)),
    )


def _runs(clauses: Iterable[Clause]) -> Iterator[list[Clause]]:
    """Yield the wanted clauses: plain ones that follow each other together, others alone."""
    run: list[Clause] = []
    for clause in clauses:
        if clause.is_plain:
            run.append(clause)
            continue
        if run:
            yield run
            run = []
        if not clause.is_excluded:
            yield [clause]
    if run:
        yield run


def _plain(run: list[Clause], thesaurus: Thesaurus) -> Iterator[Wanted]:
    typed: list[TypedWord] = []
    for number, clause in enumerate(run):
        # Places go on from clause to clause, so that known names of several words are seen.
        first = typed[-1].word.place + 1 if typed else 0
        typed += (
            TypedWord(word._replace(place=first + word.place), _raw(clause, word), number)
            for word in clause.words
        )
    for expression in thesaurus.recognise(typed):
        yield _wanted(expression, _typed(expression, run))


def _wanted(expression: Expression, text: str) -> Wanted:
    content = [one for one in expression.words if one.word.form]
    parts = tuple(Wording(one.raw, ((one.word.form, 0),)) for one in content)
    if len(content) == 1:
        return Wanted(text, parts, others=expression.others)
    phrase = phrase_of(one.word for one in expression.words)
    whole = Wording(text, phrase, weight=SIDE_BY_SIDE_WEIGHT)
    others = expression.others + _run_together(expression)
    # Outdoors is no other name of outdoor learning: it is a part of it.
    apart = (other for other in others if other.phrase not in {part.phrase for part in parts})
    return Wanted(text, parts, whole, tuple(apart))


def _typed(expression: Expression, run: list[Clause]) -> str:
    numbers = {one.clause for one in expression.words}
    if len(numbers) == 1 and len(expression.words) > 1:
        return run[numbers.pop()].text
    return " ".join(one.raw for one in expression.words)


def _run_together(expression: Expression) -> tuple[Wording, ...]:
    """Return self-evaluation as selfevaluation, where it was typed as one."""
    if len({one.clause for one in expression.words}) > 1:
        return ()
    text = "".join(one.word.surface for one in expression.words)
    return (Wording(text, ((form_of(text), 0),)),)


def _marked(clause: Clause) -> Iterator[Wanted]:
    """Yield what a clause with a mark wants: a phrase or a field is required, a prefix is not."""
    if phrase_of(clause.words):
        is_required = clause.is_phrase or clause.field is not None
        yield Wanted(clause.text, (_exact(clause),), is_required=is_required)


def _exact(clause: Clause) -> Wording:
    fields = (clause.field,) if clause.field else EVERYWHERE
    if clause.is_prefix:
        return Wording(clause.text, (), fields, prefix=clause.words[0].surface)
    return Wording(clause.text, phrase_of(clause.words), fields)


def _raw(clause: Clause, word: Word) -> str:
    return clause.text[word.start : word.end]
