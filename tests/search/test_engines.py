"""One set of promises; every engine behind the port keeps them."""

from dataclasses import replace

import pytest

from app.search.port import (
    Sort,
)
from app.search.understood import (
    Correction,
)
from tests.search.documents import LIBRARY, PUBLIC, TAYSIDE, a_document, a_query


def found(engine, words="", **values):
    return [hit.id for hit in engine.search(a_query(words, **values)).hits]


def expansions(page):
    return {expansion.typed: expansion.also for expansion in page.expansions}


# Words


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("breakfast", {"equity"}),
        ("explaining", {"talks"}),  # another ending
        ("gaidhlig", {"gaelic"}),  # accents fold
        ("childrens voice", {"gaelic"}),  # apostrophes fold
        ("children's voices", {"gaelic"}),
        ("sample primary", {"talks"}),  # in the school's name
        ("reasoning", {"talks"}),  # in a tag
        ('"breakfast before"', {"equity"}),
        ('"learners attendance"', set()),
        ('"attendance of learners"', {"equity"}),
        ('"attendance learners"', set()),  # small words keep their place
        ("title:breakfast", {"equity"}),
        ("title:learners", set()),
        ("break*", {"equity"}),
        ("-breakfast", {"talks", "pef", "gaelic"}),
        ('-"number talks" region:tayside', set()),
        ("region:south-east", {"equity", "pef"}),
        ("region:SEIC -stage:p5", {"pef"}),
        ("year:2026 attendance", {"equity"}),
        ("sausage", set()),
    ],
)
def test_the_language_of_queries_finds_what_it_says(engine, words, ids):
    assert set(found(engine, words, is_exact=True)) == ids


def test_no_words_list_everything_newest_first(engine):
    assert found(engine) == ["gaelic", "equity", "talks", "pef"]


def test_resources_with_all_words_stand_before_the_rest(empty_engine):
    empty_engine.write(
        [
            a_document("one", "Attendance attendance", "Attendance again and again."),
            a_document(
                "both", "Mornings", "Some attendance at a breakfast. " + "Other words. " * 40
            ),
        ]
    )
    assert found(empty_engine, "attendance breakfast") == ["both", "one"]


def test_a_word_in_the_title_counts_more_than_in_the_body(empty_engine):
    empty_engine.write(
        [
            a_document("body", "Another thing", "Here is fractions once among other words."),
            a_document("title", "About fractions", "Here is nothing of it among other words."),
        ]
    )
    assert found(empty_engine, "fractions") == ["title", "body"]


def test_a_query_of_small_words_only_says_so(engine):
    page = engine.search(a_query("how is the"))
    assert page.total == 0
    assert "no word to search for" in page.notes[0]


# Other names


def test_an_acronym_finds_what_only_says_it_in_full_and_tells_so(engine):
    page = engine.search(a_query("PEF"))
    assert [hit.id for hit in page.hits] == ["pef", "equity"]
    assert expansions(page) == {"PEF": ("Pupil Equity Funding",)}


def test_the_full_name_finds_the_acronym(engine):
    page = engine.search(a_query("pupil equity funding"))
    assert [hit.id for hit in page.hits][:2] == ["equity", "pef"]
    assert expansions(page) == {"pupil equity funding": ("PEF",)}


def test_what_was_typed_is_no_other_name_of_itself(empty_engine):
    # The label of the theme is “Pupil Equity Funding (PEF)”.
    filed = a_document("filed", labels=("Pupil Equity Funding (PEF)",))
    empty_engine.write([filed])
    page = empty_engine.search(a_query("pupil equity funding"))
    assert [hit.id for hit in page.hits] == ["filed"]
    assert expansions(page) == {"pupil equity funding": ("PEF",)}


def test_an_older_name_finds_todays(engine):
    page = engine.search(a_query("SEN"))
    assert [hit.id for hit in page.hits] == ["pef"]
    assert expansions(page) == {"SEN": ("additional support needs",)}


def test_a_term_finds_what_is_filed_under_it(engine):
    # Their texts say nothing of P5; they are filed under it.
    assert set(found(engine, "year 5")[:2]) == {"talks", "equity"}


def test_only_names_that_found_something_are_told(engine):
    assert engine.search(a_query("breakfast")).expansions == ()


def test_what_only_hidden_resources_say_is_not_told(empty_engine):
    empty_engine.write(
        [
            a_document("open", "Open", "Our PEF plan"),
            a_document("hidden", "Hidden", "Pupil Equity Funding", mark="staff"),
        ]
    )
    assert empty_engine.search(a_query("PEF")).expansions == ()


# Spelling


def test_a_misspelt_word_is_corrected_and_said_so(engine):
    page = engine.search(a_query("numercy"))
    assert page.correction == Correction("numeracy", is_applied=True)
    assert [hit.id for hit in page.hits] == ["talks"]


def test_a_search_as_typed_only_offers_the_correction(engine):
    page = engine.search(a_query("numercy", is_exact=True))
    assert (page.total, page.correction) == (0, Correction("numeracy", is_applied=False))


def test_only_the_unknown_word_of_several_is_replaced(engine):
    page = engine.search(a_query("brekfast, please: attendance"))
    assert page.correction == Correction("breakfast, please: attendance", is_applied=True)


# Facets


def test_a_facet_narrows_and_its_own_counts_ignore_the_choice(engine):
    page = engine.search(a_query(facets={"region": ("south-east",)}))
    assert page.total == 2
    assert page.facet_counts["region"] == {"tayside": 1, "south-east": 2, "northern-alliance": 1}
    assert page.facet_counts["stage"] == {"p5": 1, "s1": 1}


def test_several_values_of_a_facet_mean_any_and_several_facets_all(engine):
    facets = {"region": ("south-east", "tayside"), "stage": ("p5",)}
    page = engine.search(a_query(facets=facets))
    assert {hit.id for hit in page.hits} == {"talks", "equity"}
    assert page.facet_counts["region"] == {"tayside": 1, "south-east": 1}
    assert page.facet_counts["stage"] == {"p5": 2, "p6": 1, "s1": 1}


def test_a_value_that_nothing_has_finds_nothing(engine):
    page = engine.search(a_query(facets={"region": ("narnia",)}))
    assert (page.total, page.hits) == (0, ())
    assert page.facet_counts["region"]["tayside"] == 1


# Order and pages


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.NEWEST, ["gaelic", "equity", "talks", "pef"]),
        (Sort.REVIEW_DATE, ["equity", "talks", "gaelic", "pef"]),
        (Sort.TITLE, ["equity", "gaelic", "pef", "talks"]),
        (Sort.MOST_TRIED, ["pef", "equity", "gaelic", "talks"]),  # of equals the newest first
    ],
)
def test_results_stand_in_the_order_asked_for(engine, sort, ids):
    assert found(engine, sort=sort) == ids


def test_pages_follow_each_other_without_gap_or_repeat(empty_engine):
    empty_engine.write(a_document(f"d{n:02}", "Alike", "alike in every word") for n in range(23))
    pages = [empty_engine.search(a_query("alike", page=n, per_page=10)) for n in (1, 2, 3, 4)]
    assert [page.total for page in pages] == [23] * 4
    ids = [hit.id for page in pages for hit in page.hits]
    assert ids == sorted(ids)
    assert len(set(ids)) == 23


# What a hit carries


def test_a_hit_carries_what_the_results_page_shows(engine):
    (hit,) = engine.search(a_query("arithmetic")).hits
    talks = LIBRARY[0]
    for name in ("id", "slug", "title", "summary", "tags", "school", "language", "published_on"):
        assert getattr(hit, name) == getattr(talks, name)
    assert dict(hit.facets) == dict(talks.facets)


def test_matched_words_are_marked_in_title_and_snippet(engine):
    (hit,) = engine.search(a_query("breakfast attendance")).hits
    assert [f.text for f in hit.title_fragments if f.is_match] == ["Breakfast"]
    assert [f.text for f in hit.snippet if f.is_match] == ["breakfast", "Attendance"]


def test_another_name_is_marked_where_it_was_found(engine):
    equity = engine.search(a_query("PEF")).hits[1]
    assert [f.text for f in equity.snippet if f.is_match] == ["Pupil Equity Funding"]


# Suggestions and likeness


def test_suggestions_begin_any_word_with_accents_folded(engine):
    marks = PUBLIC
    assert [s.text for s in engine.suggest("talk", marks)] == [
        "number talks",
        "Number talks in a composite class",
    ]
    assert engine.suggest("gaidh", marks)[0].slug == "slug-gaelic"
    assert [(s.text, s.kind) for s in engine.suggest("sample pri", marks)] == [
        ("Sample Primary School", "school")
    ]
    assert engine.suggest("Mathe", marks)[0].kind == "term"
    assert engine.suggest("", marks) == []
    assert len(engine.suggest("te", marks, limit=1)) <= 1


def test_the_resource_that_shares_most_words_is_the_most_similar(empty_engine):
    empty_engine.write(
        [
            a_document("one", "Woodland maths", "Counting sticks and cones in the woodland."),
            a_document("like", "Woodland counting", "Sticks, cones and leaves in the woodland."),
            a_document("half", "Leaves", "Leaves and other things, sticks perhaps."),
            a_document("unlike", "A choir", "Singing on Fridays."),
        ]
    )
    ids = [hit.id for hit in empty_engine.similar("one", PUBLIC)]
    assert ids[0] == "like"
    assert "one" not in ids
    assert "unlike" not in ids


def test_nothing_is_similar_to_an_unknown_resource(engine):
    assert engine.similar("unknown", TAYSIDE) == []


# Writing


def test_a_written_resource_is_found_at_once_and_replaced_whole(empty_engine):
    empty_engine.write([a_document("a", "Badgers", "badgers at dusk")])
    assert found(empty_engine, "badgers") == ["a"]
    empty_engine.write([a_document("a", "Otters", "otters at dawn", fingerprint="new")])
    assert (found(empty_engine, "badgers"), found(empty_engine, "otters")) == ([], ["a"])
    assert empty_engine.fingerprints() == {"a": "new"}


def test_a_removed_resource_is_gone_from_every_answer(empty_engine):
    empty_engine.write([a_document("a", "Badgers", "dusk"), a_document("b", "Badgers", "dawn")])
    empty_engine.write([], removed=["a", "never-there"])
    page = empty_engine.search(a_query("badgers"))
    assert ([hit.id for hit in page.hits], page.total) == (["b"], 1)
    assert page.facet_counts["region"] == {"tayside": 1}
    assert empty_engine.similar("a", TAYSIDE) == []
    assert [s.slug for s in empty_engine.suggest("badg", TAYSIDE)] == ["slug-b"]
    assert set(empty_engine.fingerprints()) == {"b"}


def test_a_resource_both_written_and_removed_is_written(empty_engine):
    empty_engine.write([a_document("a", "Badgers")], removed=["a"])
    assert found(empty_engine, "badgers") == ["a"]


def test_many_small_writes_add_up(empty_engine):
    for n in range(24):
        empty_engine.write([a_document(f"d{n % 12}", f"Round {n}", "alike in every word")])
    page = empty_engine.search(a_query("alike", per_page=100))
    assert page.total == len(page.hits) == empty_engine.status().documents == 12
    assert {hit.title for hit in page.hits} == {f"Round {n}" for n in range(12, 24)}


def test_a_rebuild_replaces_everything(empty_engine):
    empty_engine.write([a_document("old", "Badgers")])
    assert empty_engine.rebuild(LIBRARY) == len(LIBRARY)
    assert found(empty_engine, "badgers", is_exact=True) == []
    assert set(empty_engine.fingerprints()) == {document.id for document in LIBRARY}


def test_an_empty_index_is_present_and_finds_nothing(empty_engine):
    assert empty_engine.is_present()
    assert empty_engine.status().documents == 0
    assert empty_engine.search(a_query("anything")).total == 0
    assert empty_engine.suggest("any", TAYSIDE) == []


def test_text_that_is_half_a_character_is_taken_in(empty_engine):
    empty_engine.write(
        [replace(a_document("a", "Odd \ud800 title", "odd \ud800 body"), tags=("\ud800",))]
    )
    assert found(empty_engine, "odd") == ["a"]


# Other words


def test_an_engine_understands_new_words_from_the_next_query_on(engine, taxonomy):
    areas = taxonomy.vocabularies["areas"]
    terms = tuple(
        replace(term, aliases=("zyzzyva",)) if term.code == "mathematics" else term
        for term in areas.terms
    )
    edited = {**taxonomy.vocabularies, "areas": replace(areas, terms=terms)}
    before = found(engine, "zyzzyva", is_exact=True)
    engine.learn(replace(taxonomy, vocabularies=edited))
    after = found(engine, "zyzzyva", is_exact=True)
    engine.learn(taxonomy)
    assert (before, after) == ([], ["talks"])
    assert found(engine, "zyzzyva", is_exact=True) == []
