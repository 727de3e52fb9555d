"""The arrays answer as Whoosh answers and as the formula says: thousands of questions by chance.

Each seed is a small library of several segments with updates and deletions, read from its
arrays and, a shorter while, by Whoosh's plain means. A failure names the seed and the question.
"""

import random

import pytest

from app.search.finding.ranking import find as find_wording
from app.search.finding.ranking import rank
from app.search.language.plan import Concept, Plan, Wanted
from app.search.language.synonyms import EVERYWHERE, Wording
from tests.search import whoosh_reading as whoosh
from tests.search.random_library import PLAIN_WORDS, REGIONS, STAGES
from tests.search.reference_ranking import Reference

FORMS = (*PLAIN_WORDS[:40], "otter", "read", "gaidhlig")
BEGINNINGS = ("bal", "ban", "bol", "mu", "kar", "ta")


@pytest.fixture(scope="module")
def shelf(asked, marks):
    return asked[0]._shelf(marks)


@pytest.fixture(scope="module")
def reading(library, marks):
    reading = whoosh.WhooshReading(library.engine._store.folder, marks)
    yield reading
    reading.close()


@pytest.fixture(scope="module")
def reference(library, marks):
    return Reference(library.seen(marks).values())


@pytest.fixture
def turns(asked):
    return [random.Random(turn) for turn in range(asked[1])]


def wording(*forms, fields=EVERYWHERE, prefix="", weight=1.0, **more):
    phrase = tuple((form, place) for place, form in enumerate(forms))
    return Wording(" ".join(forms), phrase, fields, weight, prefix, **more)


def ids(numbers, shelf):
    return {shelf.document(int(number)).id for number in numbers}


def told(found, shelf):
    """Return scores by id."""
    numbers, scores = found
    return {shelf.document(n).id: s for n, s in zip(numbers.tolist(), scores.tolist(), strict=True)}


def ranked(plan, shelf):
    ranking = rank(plan, shelf)
    return told((ranking.documents, ranking.scores), shelf)


def required(*wordings):
    return tuple(Wanted("", (one,), is_required=True) for one in wordings)


def pair(chance, documents):
    """Return two forms that may well stand side by side."""
    body = chance.choice(documents).body.split()
    at = chance.randrange(max(1, len(body) - 1))
    found = [word for word in body[at : at + 2] if word in PLAIN_WORDS]
    return tuple(found) if len(set(found)) == 2 else tuple(chance.sample(FORMS[:6], 2))


# Scores within one field, beside Whoosh's own


@pytest.mark.parametrize("field", EVERYWHERE)
def test_a_word_in_one_field_scores_as_by_whoosh_s_formula(shelf, reading, turns, field):
    for chance in turns[::3]:
        form = chance.choice(FORMS)
        one = wording(form, fields=(field,))
        assert ranked(Plan((Wanted(form, (one,)),)), shelf) == pytest.approx(
            reading.scores(whoosh.word(form, field)), rel=1e-9
        ), form


def test_several_words_in_one_field_score_as_whoosh_adds_them_up(shelf, reading, turns):
    for chance in turns:
        field = chance.choice(EVERYWHERE)
        forms = chance.sample(FORMS, chance.randint(2, 5))
        ones = [wording(form, fields=(field,)) for form in forms]
        queries = [whoosh.word(form, field) for form in forms]
        found = rank(Plan(tuple(Wanted("", (one,)) for one in ones)), shelf)
        assert told((found.documents, found.scores), shelf) == pytest.approx(
            reading.scores(whoosh.Or(queries)), rel=1e-9
        ), forms
        complete = found.among(found.is_complete)
        assert told((complete.documents, complete.scores), shelf) == pytest.approx(
            reading.scores(whoosh.all_of(*queries)), rel=1e-9
        ), forms


# Which documents, beside Whoosh's own


def test_a_phrase_finds_what_whoosh_finds(shelf, reading, library, turns):
    found = 0
    for chance in turns[::2]:
        forms = pair(chance, list(library.documents.values()))
        expected = reading.scores(whoosh.anywhere(lambda f, forms=forms: whoosh.phrase(forms, f)))
        assert ids(find_wording(wording(*forms), shelf).documents, shelf) == set(expected), forms
        found += len(expected)
    assert found


def test_a_beginning_finds_what_whoosh_finds(shelf, reading, turns):
    for chance in turns[::5]:
        prefix = chance.choice(BEGINNINGS)
        for fields in ((chance.choice(EVERYWHERE),), EVERYWHERE):
            one = wording(fields=fields, prefix=prefix)
            expected = reading.scores(whoosh.Or([whoosh.beginning(prefix, f) for f in fields]))
            assert ids(find_wording(one, shelf).documents, shelf) == set(expected), one


def test_a_filing_holds_what_whoosh_holds(shelf, reading):
    for facet, codes in (("region", REGIONS), ("stage", STAGES)):
        for code in (*codes, "none-such"):
            expected = reading.scores(whoosh.filed_under(facet, code))
            assert ids(shelf.filed(facet, code).nonzero()[0], shelf) == set(expected)


def test_and_or_not_together_find_what_whoosh_finds(shelf, reading, library, turns):
    for chance in turns[::4]:  # Whoosh takes its time over these
        things = [_thing(chance, list(library.documents.values())) for _ in range(5)]
        all_, any_, none = things[: chance.randint(0, 2)], things[2:4], things[4:]
        plan = Plan(
            required(*(one for one, _ in all_)) + tuple(Wanted("", (one,)) for one, _ in any_),
            unwanted=tuple(one for one, _ in none),
        )
        queries = [query for _, query in all_] or [whoosh.Or([query for _, query in any_])]
        without = whoosh.Or([query for _, query in none])
        expected = reading.scores(whoosh.all_of(*queries) - without)
        assert set(ranked(plan, shelf)) == set(expected), plan


def _thing(chance, documents):
    """Return a wording with the query that asks Whoosh for the same."""
    kind = chance.choice(("word", "field", "phrase", "beginning"))
    if kind == "phrase":
        forms = pair(chance, documents)
        return wording(*forms), whoosh.anywhere(lambda field: whoosh.phrase(forms, field))
    if kind == "beginning":
        prefix = chance.choice(BEGINNINGS)
        query = whoosh.anywhere(lambda field: whoosh.beginning(prefix, field))
        return wording(prefix=prefix), query
    form, field = chance.choice(FORMS), chance.choice(EVERYWHERE)
    if kind == "field":
        return wording(form, fields=(field,)), whoosh.word(form, field)
    return wording(form), whoosh.anywhere(lambda name: whoosh.word(form, name))


# Across fields, beside the formula told plainly


def test_a_plan_scores_as_the_reference_says(shelf, reference, turns):
    for chance in turns:
        plan = _plan(chance)
        found = rank(plan, shelf)
        expected = reference.rank(plan)
        assert told((found.documents, found.scores), shelf) == pytest.approx(
            {id_: standing.score for id_, standing in expected.items()}, rel=1e-9
        ), plan
        complete = ids(found.documents[found.is_complete], shelf)
        assert complete == {id_ for id_, standing in expected.items() if standing.is_complete}, plan


def _plan(chance):
    """Return any plan: several parts, other names, concepts, weak, required, unwanted."""
    wanted = tuple(_wanted(chance) for _ in range(chance.randint(1, 4)))
    unwanted = (_any_wording(chance),) if chance.random() < 0.3 else ()
    return Plan(wanted, unwanted)


def _wanted(chance):
    if chance.random() < 0.15:
        return Wanted("", (wording(prefix=chance.choice(BEGINNINGS)),))
    forms = chance.sample(FORMS, chance.choice((1, 1, 2, 3)))
    many = len(forms) > 1
    concepts = [("region", REGIONS), ("stage", STAGES)]
    return Wanted(
        typed=" ".join(forms),
        parts=tuple(wording(form) for form in forms),
        whole=wording(*forms, weight=0.5) if many and chance.random() < 0.7 else None,
        others=tuple(_other(chance) for _ in range(chance.choice((0, 0, 1, 2)))),
        concepts=tuple(
            Concept(facet, chance.choice(codes), "", chance.choice((1.0, 0.4)))
            for facet, codes in concepts
            if chance.random() < 0.25
        ),
        is_required=chance.random() < 0.2,
        is_weak=chance.random() < 0.2,
    )


def _other(chance):
    forms = chance.sample(FORMS, chance.choice((1, 1, 2)))
    fields = ("labels",) if chance.random() < 0.3 else EVERYWHERE
    weight = chance.choice((0.9, 0.6, 0.4))
    return wording(*forms, fields=fields, weight=weight, is_last_resort=chance.random() < 0.2)


def _any_wording(chance):
    if chance.random() < 0.3:
        return wording(prefix=chance.choice(BEGINNINGS))
    return wording(*chance.sample(FORMS, chance.choice((1, 2))))
