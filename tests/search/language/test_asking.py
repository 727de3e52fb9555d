"""Of a question only what it is about has to be found."""

import pytest

from app.domain.taxonomy import Asking, Taxonomy
from app.search.engines.memory_engine import MemoryEngine
from app.search.language.query_language import parse
from app.search.language.synonyms import Thesaurus
from app.search.language.understanding import understand
from tests.search.documents import a_document, a_query


@pytest.fixture(scope="module")
def thesaurus(taxonomy):
    return Thesaurus(taxonomy)


def wanted(text, taxonomy, thesaurus):
    """Return what has to be found, and what counts a little."""
    things = understand(parse(text, taxonomy), thesaurus).plan.wanted
    return [t.typed for t in things if not t.is_weak], [t.typed for t in things if t.is_weak]


@pytest.mark.parametrize(
    ("text", "content", "weak"),
    [
        ("how do I run a good parents evening", ["parents evening"], ["run", "good"]),
        ("does setting by ability work", ["setting by ability"], ["work"]),
        ("what works for reluctant writers", ["reluctant", "writers"], []),
        ("ideas for outdoor maths", ["outdoor", "maths"], []),
        ("outdoor maths ideas for P5", ["outdoor", "maths", "P5"], []),
        ("examples of good practice in moderation", ["good practice", "moderation"], []),
        ("has anyone tried lesson study", ["lesson study"], []),
        ("any ideas for world book day", ["world", "book", "day"], []),
        ("tips on feedback", ["feedback"], []),
        ("I need help with behaviour", ["behaviour"], []),
        ("looking for a webinar about autism", ["webinar", "autism"], []),
        ("how do other schools use PEF", ["PEF"], ["use"]),
        ("best way to teach times tables", ["times tables"], ["teach"]),
        ("what is nurture?", ["nurture"], []),
        ("does homework work?", ["homework"], ["work"]),
        (
            "how can I support a child who struggles with reading",
            ["reading"],
            ["support", "child", "struggles"],
        ),
        ("how to run a book club", ["book", "club"], ["run"]),
        ("good questioning", ["questioning"], ["good"]),
        # A known name is taken whole before a word of it is looked at.
        ("work experience", ["work experience"], []),
        ("what makes work experience work", ["work experience"], ["work"]),
        ("good practice", ["good practice"], []),
        ("how good is our school", ["how good is our school"], []),
        # These words tell what it is about where nobody asks.
        ("group work", ["group", "work"], []),
        ("running club", ["running", "club"], []),
        ("support assistant", ["support", "assistant"], []),
        ("school library", ["school", "library"], []),
        ("nursery setting", ["nursery", "setting"], []),
        # Where nothing else would be left, all of it counts.
        ("good", ["good"], []),
        ("what works", ["what works"], []),
        ("is it good", ["good"], []),
        ("examples", ["examples"], []),
        ("good ideas", ["good", "ideas"], []),
        ("what helps", ["helps"], []),
        # What is marked is never touched.
        ('"how do I run"', ["how do I run"], []),
        ('"what works" in maths', ["what works", "maths"], []),
        ("title:good maths", ["good", "maths"], []),
    ],
)
def test_what_only_tells_how_somebody_asks_need_not_be_found(
    text, content, weak, taxonomy, thesaurus
):
    assert wanted(text, taxonomy, thesaurus) == (content, weak)


def test_a_weak_word_need_not_be_found_and_has_no_other_names(taxonomy, thesaurus):
    run = understand(parse("how do I run a choir", taxonomy), thesaurus).plan.wanted[0]
    assert (run.typed, run.is_weak, run.parts[0].weight, run.others) == ("run", True, 1.0, ())


def test_a_taxonomy_without_such_words_takes_every_word():
    bare = Taxonomy({}, asking=Asking())
    assert wanted("how do I run a choir", bare, Thesaurus(bare)) == (["run", "choir"], [])


def test_what_a_question_is_about_decides_the_order(taxonomy):
    engine = MemoryEngine(taxonomy)
    engine.write(
        [
            a_document("about", "Supper club", "The parents’ evening had soup. " + "More. " * 20),
            a_document("how", "Run run run", "A good run is a good run, and an evening run."),
        ]
    )
    hits = engine.search(a_query("how do I run a good parents evening")).hits
    assert [hit.id for hit in hits] == ["about", "how"]
