"""A correction helps with a slip and leaves every word alone that someone may have meant."""

import pytest

from app.search.engines.memory_engine import MemoryEngine
from tests.search.documents import PUBLIC, a_document, a_query

TEXT = """Assessment and moderation of numeracy. Outdoor learning in the woodland. A selkie came,
and a kelpie. Self evaluation is done by the team. Metacognition helps. Attendance rose.
Literacy too. Teamwork on the playground, homework from a story book, interdisciplinary nature."""


@pytest.fixture(scope="module")
def engine(taxonomy):
    engine = MemoryEngine(taxonomy)
    engine.write([a_document("shown", "A morning", TEXT)])
    engine.write([a_document("hidden", "Kelpin", "A narwhal, and kelpin too", mark="staff")])
    return engine


def corrected(engine, text, marks=PUBLIC):
    correction = engine.search(a_query(text, marks)).correction
    return correction.words if correction else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("numercy", "numeracy"),
        ("asessment", "assessment"),
        ("outdor lerning", "outdoor learning"),
        ("Outdor, LERNING!", "outdoor, learning!"),
        ("selfevaluation", "self evaluation"),
        ("woodlnad", "woodland"),  # two letters the wrong way round
        ("metacogntion", "metacognition"),
        ("GIRFEK", "GIRFEC"),  # known to the taxonomy alone
        ("seklie", "selkie"),
        ("nuture", "nurture"),  # the taxonomy's word before another that is as near: nature
        ("metacognishion", "metacognition"),  # two slips in a long word
        ("dyslexa", "dyslexia"),  # from the taxonomy alone
        ("atendance region:tayside", "attendance region:tayside"),
        ("team work", "teamwork"),
        ("Team Work in P5", "Teamwork in P5"),
        ("home work", "homework"),
        ("play ground", "playground"),
        ("inter disciplinary numercy", "interdisciplinary numeracy"),
        ("pupilvoice", "pupil voice"),  # two words of the taxonomy
        ("asessment of lerning and atendance", "assessment of learning and attendance"),
    ],
)
def test_a_slip_is_corrected(engine, typed, meant):
    assert corrected(engine, typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "numeracy",
        "evaluating",  # another ending of a word that stands
        "dyslexia",  # known to the taxonomy, found nowhere
        "PEF",
        "pet",
        "lerm",  # short
        "xylophone",  # near nothing
        "lataracy",  # two slips are too many in so short a word
        '"outdor lerning"',  # as typed
        "-numercy",
        "title:numercy",
        "numerc*",
        "story book",  # written apart here, whoever else writes it together
        "team",
        '"team work"',
        "team -work",
        "title:team work",
        "head teacher",  # the taxonomy writes it apart too
        "litter",  # liter is known, and never offered
        "Kindergarten",  # names of elsewhere are known
        "anyone",  # words of those who ask are known
        "numercy1",
        "narwhal",  # only in a hidden resource
        "narwhol",
    ],
)
def test_this_is_left_alone(engine, typed):
    assert corrected(engine, typed) is None


def test_a_reader_is_offered_words_of_what_they_may_see(engine):
    assert corrected(engine, "narwhol", frozenset({"public", "staff"})) == "narwhal"


def test_a_word_that_only_a_hidden_resource_has_is_corrected_like_any_other(engine):
    assert corrected(engine, "kelpin") == "kelpie"
