"""Why a resource was found is told truthfully: every reason is looked up in the resource."""

import random

import pytest

from app.search.analysis import phrase_of, words
from app.search.fields import texts_of
from app.search.finding.ranking import rank
from app.search.finding.shelf import WEIGHTS
from app.search.language.plan import Concept, Plan, Wanted
from app.search.language.synonyms import Wording, plain_name
from app.search.port import ReasonKind
from app.search.showing.reasons import MOST_REASONS, reasons_for
from tests.search.documents import LIBRARY, TAYSIDE, a_query
from tests.search.random_library import ENDED_WORDS, PLAIN_WORDS

BY_ID = {document.id: document for document in LIBRARY}


def read(document):
    return {name: list(words(text)) for name, text in texts_of(document).items()}


def fields_with(phrase, document):
    """Return the fields where forms stand at their places from each other."""
    held = set()
    for name, found in read(document).items():
        at = {word.place: word.form for word in found}
        if phrase and any(all(at.get(p + o) == form for form, o in phrase) for p in at):
            held.add(name)
    return held


def fields_beginning(prefix, document):
    return {
        name
        for name, found in read(document).items()
        if any(word.surface.startswith(prefix) for word in found)
    }


def names_filed(document, taxonomy, facets=None):
    """Return the plain labels of the terms that a document is filed under."""
    return {
        plain_name(term.label)
        for vocabulary in taxonomy.vocabularies.values()
        for term in vocabulary.terms
        for facet, codes in document.facets.items()
        if term.code in codes and (facets is None or facet in facets)
    }


def is_true(reason, document, taxonomy):
    """Whether the document has what a reason says, where the reason says."""
    phrase = phrase_of(words(reason.matched))
    standing = fields_with(phrase, document)
    if reason.kind is ReasonKind.PREFIX:
        standing = fields_beginning(reason.matched.rstrip("*").casefold(), document)
    if reason.kind in (ReasonKind.CONCEPT, ReasonKind.STAGE) and not standing:
        facets = ("stage",) if reason.kind is ReasonKind.STAGE else None
        return reason.matched in names_filed(document, taxonomy, facets)
    return bool(reason.places) and set(reason.places) <= standing


def is_of_its_kind(reason, query):
    """Whether a reason's kind is right for what was typed."""
    typed = {word.form for word in words(query) if word.form}
    matched = phrase_of(words(reason.matched))
    forms = {form for form, _ in matched}
    return {
        ReasonKind.WORD: len(matched) == 1 and forms <= typed,
        ReasonKind.PHRASE: len(matched) > 1 and forms <= typed,
        ReasonKind.PREFIX: reason.matched.endswith("*") and reason.matched in query,
        ReasonKind.SYNONYM: matched != phrase_of(words(reason.typed)),
        ReasonKind.CONCEPT: True,
        ReasonKind.STAGE: True,
    }[reason.kind]


CHOSEN = (
    "numeracy", "PEF", "pupil equity funding", "number talks", '"number talks"', "num*", "asn",
    "gaidhlig", "title:zeppelin", "learners", "bairns", "P5", "mathematics", "maths P5 home",
    "additional support needs", "quokkas attendance", "school:zeppelin", "numercy", "confident",
)  # fmt: skip


@pytest.mark.parametrize("text", CHOSEN)
def test_every_reason_is_true_and_no_hit_is_without(engine, taxonomy, text):
    page = engine.search(a_query(text, TAYSIDE))
    assert page.hits
    for hit in page.hits:
        assert hit.reasons, hit.id
        for reason in hit.reasons:
            assert is_true(reason, BY_ID[hit.id], taxonomy), (hit.id, reason)
            searched = page.correction.words if page.correction else text
            assert is_of_its_kind(reason, searched), reason


def test_any_query_s_reasons_are_true_and_say_all_the_fields(asked, marks, library, taxonomy):
    engine, turns = asked
    for turn in range(turns):
        chance = random.Random(turn)
        text = " ".join(
            [
                *chance.choices((*PLAIN_WORDS[:20], *ENDED_WORDS), k=chance.randint(1, 2)),
                chance.choice(("", "ban*", '"bal balad"', "title:bar")),
            ]
        )
        for hit in engine.search(a_query(text, marks, is_exact=True)).hits:
            document = library.documents[hit.id]
            assert hit.reasons, (text, hit.id)
            for reason in hit.reasons:
                assert is_true(reason, document, taxonomy), (text, hit.id, reason)
                assert is_of_its_kind(reason, text), (text, reason)
                weights = [WEIGHTS[name] for name in reason.places]
                assert weights == sorted(weights, reverse=True), "the heaviest first"
                if reason.kind is ReasonKind.WORD and "title:" not in text:
                    phrase = phrase_of(words(reason.matched))
                    assert set(reason.places) == fields_with(phrase, document)


def test_every_word_that_a_hit_has_is_a_reason(engine):
    query = "numeracy arithmetic attendance"
    for hit in engine.search(a_query(query, TAYSIDE)).hits:
        told = {reason.matched for reason in hit.reasons if reason.kind is ReasonKind.WORD}
        assert told == {w for w in query.split() if fields_with(((_form(w), 0),), BY_ID[hit.id])}


def _form(word):
    return next(iter(words(word))).form


def test_no_more_reasons_than_a_person_reads(engine):
    query = "ten minutes of numeracy every morning pupils explained their thinking aloud"
    (hit,) = (h for h in engine.search(a_query(query, TAYSIDE)).hits if h.id == "talks")
    assert len(hit.reasons) == MOST_REASONS


# What a resource is filed under


def test_a_filing_is_a_reason_for_what_is_filed_so_and_for_nothing_else(asked, marks, library):
    shelf = asked[0]._shelf(marks)
    for facet, code, kind in (
        ("stage", "p5", ReasonKind.STAGE),
        ("region", "tayside", ReasonKind.CONCEPT),
    ):
        nothing = Wording("nowhere", (("nowher", 0),))
        wanted = Wanted("this", (nothing,), concepts=(Concept(facet, code, "Its label (L)"),))
        word = Wanted("bal", (Wording("bal", (("bal", 0),)),))
        ranking = rank(Plan((wanted, word)), shelf)
        filed = set()
        for number in ranking.documents.tolist():
            reasons = {r.kind: r for r in reasons_for(number, ranking)}
            if kind in reasons:
                filed.add(shelf.document(number).id)
                assert (reasons[kind].typed, reasons[kind].matched) == ("this", "Its label")
        seen = library.seen(marks).values()
        assert filed == {d.id for d in seen if code in d.facets[facet]} != set()


def test_the_exact_term_is_told_rather_than_a_broader_one(engine):
    shelf = engine._shelf(TAYSIDE)
    concepts = (Concept("stage", "p6", "P6", 0.4), Concept("stage", "p5", "P5"))
    wanted = Wanted("P5", (Wording("P5", (("p5", 0),), ("body",)),), concepts=concepts)
    ranking = rank(Plan((wanted,)), shelf)
    number = shelf.snapshot.find("talks")
    assert [reason.matched for reason in reasons_for(number, ranking)] == ["P5"]
