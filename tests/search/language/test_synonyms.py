"""Other names help, and never drown what was typed."""

import pytest

from app.domain.taxonomy import Taxonomy, Term, Vocabulary, WordGroup
from app.search.engines.memory_engine import MemoryEngine
from app.search.language.query_language import parse
from app.search.language.synonyms import Relation, Thesaurus
from app.search.language.understanding import understand
from tests.search.documents import a_document, a_query


@pytest.fixture(scope="module")
def thesaurus(taxonomy):
    return Thesaurus(taxonomy)


def plan(text, taxonomy, thesaurus):
    return understand(parse(text, taxonomy), thesaurus).plan


def first(text, taxonomy, thesaurus):
    """Return the first thing that a query wants."""
    return plan(text, taxonomy, thesaurus).wanted[0]


def others(text, taxonomy, thesaurus):
    """Return the other names of the first thing wanted, each with its weight."""
    return {other.text: other.weight for other in first(text, taxonomy, thesaurus).others}


def filed(text, taxonomy, thesaurus):
    """Return the terms under which the first thing wanted may be filed, each with its weight."""
    concepts = first(text, taxonomy, thesaurus).concepts
    return {(concept.facet, concept.code): concept.weight for concept in concepts}


@pytest.mark.parametrize(
    ("typed", "name", "weight"),
    [
        ("PEF", "Pupil Equity Funding", 0.9),
        ("pef", "Pupil Equity Funding", 0.9),
        ("pupil equity funding", "PEF", 0.9),
        ("SEN", "additional support needs", 0.9),
        ("additional support needs", "SEN", 0.9),
        ("maths", "numeracy", 0.6),
        ("organise", "organize", 0.6),
        ("sgoil", "school", 0.6),
        ("reading", "leughadh", 0.6),
        ("P7-S1", "primary to secondary transition", 0.6),
        ("cost of the school day", "COSD", 0.9),
        ("H&WB", "HWB", 0.9),
        ("PSAs", "pupil support assistant", 0.9),
        ("color", "colour", 0.6),
        ("prioritize", "prioritise", 0.6),
        ("organisation", "organization", 0.6),
        ("analyze", "analyse", 0.6),
        ("scuil", "school", 0.6),
        ("writers", "writing", 0.6),
        ("parents’ evening", "parents' night", 0.6),
        ("setting by ability", "attainment grouping", 0.6),
    ],
)
def test_a_name_leads_to_another_with_its_weight(typed, name, weight, taxonomy, thesaurus):
    assert others(typed, taxonomy, thesaurus)[name] == weight


@pytest.mark.parametrize(
    ("typed", "name", "relation"),
    [
        ("PEF", "Pupil Equity Funding", Relation.ACRONYM),
        ("pupil equity funding", "PEF", Relation.ACRONYM),
        ("maths", "numeracy", Relation.VARIANT),
        ("sgoil", "school", Relation.GAELIC),
        ("reading", "leughadh", Relation.GAELIC),
        ("P5", "Second level", Relation.BROADER),
        ("second level", "P6", Relation.NARROWER),
    ],
)
def test_another_name_says_how_it_stands_to_what_was_typed(
    typed, name, relation, taxonomy, thesaurus
):
    told = {o.text: o.relation for o in first(typed, taxonomy, thesaurus).others}
    assert told[name] == relation


def test_every_reading_of_an_ambiguous_acronym_is_searched(taxonomy, thesaurus):
    assert {"Scottish Attainment Challenge", "South Ayrshire Council"} <= others(
        "SAC", taxonomy, thesaurus
    ).keys()


def test_one_reading_does_not_lead_to_another(taxonomy, thesaurus):
    assert others("South Ayrshire Council", taxonomy, thesaurus).keys() == {"SAC"}


@pytest.mark.parametrize(
    ("capitals", "meaning", "small"),
    [
        ("ES", "Education Scotland", "es"),
        ("H", "Higher", "h"),
        ("SEND", "additional support needs", "send"),
    ],
)
def test_some_acronyms_count_only_in_capitals(capitals, meaning, small, taxonomy, thesaurus):
    assert meaning in others(capitals, taxonomy, thesaurus)
    assert others(small, taxonomy, thesaurus) == {}


def test_an_acronym_that_is_an_english_word_is_not_searched_for_instead(taxonomy, thesaurus):
    # The index has no capitals: SEND would find every "send".
    assert "SEND" not in others("additional support needs", taxonomy, thesaurus)


def test_words_of_other_countries_are_understood_but_not_searched_for(taxonomy, thesaurus):
    assert "headteacher" in others("principal", taxonomy, thesaurus)
    assert "principal" not in others("headteacher", taxonomy, thesaurus)


def test_a_one_way_group_leads_from_its_first_member_only(taxonomy, thesaurus):
    assert "exams" in others("assessment", taxonomy, thesaurus)
    assert "assessment" not in others("exams", taxonomy, thesaurus)


def test_an_acronym_is_compared_whole_and_never_by_its_stem(taxonomy, thesaurus):
    assert "interdisciplinary learning" in others("IDL", taxonomy, thesaurus)
    assert "interdisciplinary learning" in others("idl", taxonomy, thesaurus)
    assert others("idle", taxonomy, thesaurus) == {}


def test_an_alias_of_a_term_leads_to_what_is_filed_under_it_and_to_no_other_alias(
    taxonomy, thesaurus
):
    assert filed("sensory", taxonomy, thesaurus) == {("theme", "neurodiversity"): 0.6}
    assert others("sensory", taxonomy, thesaurus) == {}


def test_another_name_of_a_term_leads_to_what_is_filed_under_it(taxonomy, thesaurus):
    assert filed("sums", taxonomy, thesaurus)["area", "mathematics"] == 0.6
    assert filed("FSM", taxonomy, thesaurus) == {("theme", "cost-of-the-school-day"): 0.6}
    # Not every child is filed under a theme about children.
    assert filed("bairns", taxonomy, thesaurus) == {}


def test_a_retired_terms_name_finds_what_its_successor_holds():
    old = Term("old", "Northern Pact", aliases=("NoPa",), replaced_by="new")
    vocabulary = Vocabulary("regions", "Region", (old, Term("new", "Southern Pact")))
    taxonomy = Taxonomy({"regions": vocabulary})
    codes = filed("nopa", taxonomy, Thesaurus(taxonomy)).keys()
    assert codes == {("region", "old"), ("region", "new")}


def test_the_longest_known_name_is_taken_whole(taxonomy, thesaurus):
    wanted = plan("PEF pupil voice maths", taxonomy, thesaurus).wanted
    assert [thing.typed for thing in wanted] == ["PEF", "pupil voice", "maths"]


def test_a_joined_word_may_stand_apart_together_or_run_together(taxonomy, thesaurus):
    (wanted,) = plan("co-regulation", taxonomy, thesaurus).wanted
    assert [part.text for part in wanted.parts] == ["co", "regulation"]
    assert "coregulation" in {other.text for other in wanted.others}


def test_what_is_in_quotation_marks_has_no_other_name(taxonomy, thesaurus):
    assert others('"PEF"', taxonomy, thesaurus) == {}


# What comes of it


def found(engine, words):
    return [hit.id for hit in engine.search(a_query(words)).hits]


@pytest.fixture
def engine(taxonomy):
    return MemoryEngine(taxonomy)


def test_the_word_itself_stands_before_its_other_names(engine):
    # Numeracy is rare and maths is common: the rare one must not win for that.
    engine.write([a_document(f"maths{n}", "A lesson", "some maths here") for n in range(8)])
    engine.write([a_document("other", "A lesson", "some numeracy here")])
    assert found(engine, "maths")[-1] == "other"
    assert len(found(engine, "maths")) == 9


def test_a_broad_word_finds_its_likes_only_where_it_stands_nowhere(engine):
    engine.write([a_document("child", "Play", "every child spoke")])
    assert found(engine, "bairns") == ["child"]
    engine.write([a_document("bairns", "Play", "the bairns spoke")])
    assert found(engine, "bairns") == ["bairns"]


def test_pupil_voice_is_no_noise(engine):
    engine.write(
        [
            a_document("voice", "Council", "We asked for pupil voice."),
            a_document("council", "Council", "A pupil council met."),
            a_document("apart", "Choir", "Each pupil has a fine singing voice."),
            a_document("child", "Choir", "Every child sang, every learner and parent too."),
        ]
    )
    # "Child" alone is no other name of "pupil" here, so the last is not found.
    # Nor do its two words, far apart, say as much as another name of it.
    assert found(engine, "pupil voice") == ["voice", "council", "apart"]


def test_a_document_with_another_name_has_that_word(engine):
    engine.write(
        [
            a_document("all", "A morning", "Numeracy and attendance. " + "More words. " * 30),
            a_document("maths", "Maths maths", "maths"),
        ]
    )
    assert found(engine, "maths attendance") == ["all", "maths"]


def test_no_group_of_the_taxonomy_leads_to_a_word_of_no_form(taxonomy, thesaurus):
    for group in taxonomy.word_groups:
        for member in group.members:
            for thing in plan(member, taxonomy, thesaurus).wanted:
                assert all(other.phrase for other in thing.others), member


def test_a_group_of_two_leads_both_ways():
    taxonomy = Taxonomy({}, (WordGroup("g", "variant", ("kelpie", "water horse")),))
    thesaurus = Thesaurus(taxonomy)
    assert others("kelpie", taxonomy, thesaurus) == {"water horse": 0.6}
    assert others("Water Horses", taxonomy, thesaurus) == {"kelpie": 0.6}
