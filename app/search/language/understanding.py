"""Read a query like a colleague: what it asks of the index, and what to tell the person.

Plain words that follow each other are cut into expressions: at each word the way of
understanding that takes the most words wins (Thesaurus.ways). What nobody understands is
searched as text.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.taxonomy import fold
from app.search.analysis import form_of, phrase_of, words
from app.search.language.meanings import (
    EVERYWHERE,
    TYPED_WEIGHT,
    Meaning,
    TypedWord,
    Wording,
    together,
)
from app.search.language.plan import Plan, Understanding, Wanted
from app.search.language.query_language import Clause, ParsedQuery
from app.search.language.synonyms import MOST_JOINED, Thesaurus
from app.search.language.tag_meanings import TAGS
from app.search.understood import (
    Chip,
    Question,
    Reading,
)

SIDE_BY_SIDE_WEIGHT = 0.25  # on top of what the words of an expression count one by one
# Of a term or a stage of several words (Year 5, upper primary), the words say little one by one.
PART_OF_NAME_WEIGHT = 0.3
NAME_WEIGHT = 1.0
BESIDES_WEIGHT = 0.3  # of what is meant besides: the stages of a crossing (P7-S1)
NOTHING = Meaning()


@dataclass(frozen=True)
class Expression:
    """Words of a query that mean one thing together."""

    words: tuple[TypedWord, ...]
    text: str  # as typed
    meaning: Meaning = NOTHING
    is_weak: bool = False


@dataclass
class _Told:
    """What is found out on the way through a query."""

    wanted: dict[tuple[Wording, ...], Wanted] = field(default_factory=dict)
    expressions: list[Expression] = field(default_factory=list)

    def want(self, thing: Wanted) -> None:
        held = self.wanted.get(thing.parts)
        if held is None or (held.is_weak and not thing.is_weak):
            self.wanted[thing.parts] = thing


def understand(
    parsed: ParsedQuery,
    thesaurus: Thesaurus,
    plain: Collection[str] = (),
    may_drop: bool = True,
) -> Understanding:
    """Say what a parsed query means.

    Args:
        plain: words whose chip was taken off; they are searched as typed.
        may_drop: let words fall away, or count little, that tell only how somebody asks.
    """
    as_typed = frozenset(map(fold, plain))
    told = _read(parsed, thesaurus, as_typed, may_drop)
    if may_drop and all(thing.is_weak for thing in told.wanted.values()):
        # Nothing would be left of it: then every word counts.
        told = _read(parsed, thesaurus, as_typed, may_drop=False)
    unwanted = tuple(
        wording
        for clause in parsed.clauses
        if clause.is_excluded and phrase_of(clause.words)
        for wording in (_exact(clause), *_other_names(clause, thesaurus))
    )
    is_bare = not told.wanted and (parsed.is_empty or bool(unwanted or parsed.filters))
    plan = Plan(tuple(told.wanted.values()), unwanted, parsed.filters, is_everything=is_bare)
    return Understanding(
        plan,
        chips=tuple(_chips(told.expressions)),
        questions=tuple(_questions(told.expressions, parsed.text)),
        readings=tuple(_readings(told.expressions)),
    )


def _read(
    parsed: ParsedQuery, thesaurus: Thesaurus, as_typed: Collection[str], may_drop: bool
) -> _Told:
    told = _Told()
    for run in _runs(parsed.clauses):
        if not run[0].is_plain:
            for thing in _marked(run[0], thesaurus):
                told.want(thing)
            continue
        for read in _expressions(run, parsed.text, thesaurus, may_drop):
            is_plain = bool(as_typed) and fold(read.text) in as_typed
            expression = Expression(read.words, read.text) if is_plain else read
            told.expressions.append(expression)
            for thing in _wanted(expression):
                told.want(thing)
    return told


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


def _expressions(
    run: list[Clause], text: str, thesaurus: Thesaurus, may_drop: bool
) -> Iterator[Expression]:
    """Cut a run of words into expressions; those of small words only fall away."""
    typed = _typed_words(run, text)
    asking = thesaurus.asking
    is_question = may_drop and asking.is_question(typed, text)
    at = 0
    while at < len(typed):
        taken, meaning = _longest(typed, at, thesaurus)
        turn = asking.turn_at(typed, at) if is_question else 0
        if turn >= taken and not meaning.concepts:
            at += turn
            continue
        found = tuple(typed[at : at + taken])
        at += taken
        content = [one.word.form for one in found if one.word.form]
        if content:
            is_weak = may_drop and len(content) == 1 and not (meaning.concepts or meaning.label)
            yield Expression(
                found,
                text[found[0].start : found[-1].end],
                meaning,
                is_weak and asking.is_weak(content[0], is_question),
            )


def _typed_words(run: list[Clause], text: str) -> list[TypedWord]:
    typed: list[TypedWord] = []
    for number, clause in enumerate(run):
        # Places go on from clause to clause, so that known names of several words are seen.
        first = typed[-1].word.place + 1 if typed else 0
        for word in clause.words:
            start, end = clause.start + word.start, clause.start + word.end
            gap = text[typed[-1].end : start].strip() if typed else ""
            placed = word._replace(place=first + word.place)
            typed.append(TypedWord(placed, text[start:end], number, start, end, gap))
    return typed


def _longest(typed: Sequence[TypedWord], at: int, thesaurus: Thesaurus) -> tuple[int, Meaning]:
    """Return the most words that mean one thing, or are only joined (self-regulation)."""
    read = [found for way in thesaurus.ways if (found := way.read(typed, at))]
    if read:
        most = max(taken for taken, _ in read)
        return most, together([meaning for taken, meaning in read if taken == most])
    is_first = at == 0 or typed[at - 1].clause != typed[at].clause
    joined = [one for one in typed[at : at + MOST_JOINED] if one.clause == typed[at].clause]
    return (len(joined) if is_first else 1), NOTHING


def _wanted(expression: Expression) -> Iterator[Wanted]:
    text, meaning = expression.text, expression.meaning
    content = [one for one in expression.words if one.word.form]
    is_name = len(content) > 1 and bool(meaning.concepts)
    weight = PART_OF_NAME_WEIGHT if is_name else TYPED_WEIGHT
    parts = tuple([Wording(one.raw, ((one.word.form, 0),), weight=weight) for one in content])
    if meaning is NOTHING and len(expression.words) == 1:
        yield Wanted(text, parts, is_weak=expression.is_weak)
        return
    phrase = phrase_of(one.word for one in expression.words)
    together_weight = NAME_WEIGHT if is_name else SIDE_BY_SIDE_WEIGHT
    whole = Wording(text, phrase, weight=together_weight) if len(content) > 1 else None
    # Outdoors is no other name of outdoor learning: it is a part of it.
    typed = {phrase, *(part.phrase for part in parts)}
    others = () if expression.is_weak else (*meaning.others, *_run_together(expression))
    yield Wanted(
        text,
        parts,
        whole,
        tuple(other for other in others if other.phrase not in typed),
        meaning.concepts,
        is_weak=expression.is_weak,
    )
    for concept in meaning.besides:
        named = Wording(concept.label, phrase_of(words(concept.label)), weight=BESIDES_WEIGHT)
        yield Wanted(text, (named,), concepts=(concept,), is_weak=True)


def _run_together(expression: Expression) -> tuple[Wording, ...]:
    """Return self-evaluation as selfevaluation, where it was typed as one."""
    if len(expression.words) == 1 or len({one.clause for one in expression.words}) > 1:
        return ()
    text = "".join(one.word.surface for one in expression.words)
    return (Wording(text, ((form_of(text), 0),)),)


def _marked(clause: Clause, thesaurus: Thesaurus) -> Iterator[Wanted]:
    """Yield what a clause with a mark wants: a phrase or a field is required, a prefix is not."""
    if phrase_of(clause.words):
        is_required = clause.is_phrase or clause.field is not None
        others = _other_names(clause, thesaurus)
        yield Wanted(clause.text, (_exact(clause),), others=others, is_required=is_required)


def _other_names(clause: Clause, thesaurus: Thesaurus) -> tuple[Wording, ...]:
    """Return by what else the tag was written that a clause names (tags:"number talks")."""
    is_tag = clause.field == TAGS and not clause.is_prefix
    names = thesaurus.tags.names_of(clause.words) if is_tag else ()
    return tuple(name for name in names if name.phrase != phrase_of(clause.words))


def _exact(clause: Clause) -> Wording:
    fields = (clause.field,) if clause.field else EVERYWHERE
    if clause.is_prefix:
        return Wording(clause.text, (), fields, prefix=clause.words[0].surface)
    return Wording(clause.text, phrase_of(clause.words), fields)


def _chips(expressions: Iterable[Expression]) -> Iterator[Chip]:
    for one in _once(one for one in expressions if one.meaning.label):
        if label := one.meaning.label:
            yield Chip(one.text, label.text, label.facet, label.code)


def _questions(expressions: Iterable[Expression], text: str) -> Iterator[Question]:
    for one in _once(one for one in expressions if one.meaning.ours):
        ours = one.meaning.ours
        better = text[: one.words[0].start] + ours + text[one.words[-1].end :]
        yield Question(one.text, ours, " ".join(better.split()))


def _readings(expressions: Iterable[Expression]) -> Iterator[Reading]:
    for one in _once(one for one in expressions if one.meaning.readings):
        yield Reading(one.text, one.meaning.readings)


def _once(expressions: Iterable[Expression]) -> Iterable[Expression]:
    kept: dict[str, Expression] = {}
    for one in expressions:
        kept.setdefault(fold(one.text), one)
    return kept.values()
