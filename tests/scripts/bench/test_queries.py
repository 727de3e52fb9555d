import random
from collections import Counter

from app.search.analysis import SMALL_WORDS
from scripts.bench.odd import odd_strings
from scripts.bench.queries import KINDS, QuerySet, draw_queries, draw_typed, misspelt


def test_there_are_as_many_of_each_kind_as_asked_for(documents):
    queries = draw_queries(documents, 7, seed=3)
    assert Counter(asked.kind for asked in queries.asked) == dict.fromkeys(KINDS, 7)
    assert len(queries.typed) == 21


def test_the_same_seed_draws_the_same_queries(documents):
    assert draw_queries(documents, 5, seed=3) == draw_queries(documents, 5, seed=3)
    assert draw_queries(documents, 5, seed=3) != draw_queries(documents, 5, seed=4)


def test_queries_are_the_same_after_they_were_written_down(documents, tmp_path):
    queries = draw_queries(documents, 5, seed=3)
    queries.save(tmp_path / "queries.json")
    assert QuerySet.load(tmp_path / "queries.json") == queries


def test_a_phrase_stands_in_a_document_as_it_is_asked_for(documents):
    bodies = [document.body for document in documents]
    for asked in draw_queries(documents, 10, seed=5).asked:
        assert SMALL_WORDS.isdisjoint(asked.words)
        if asked.kind == "phrase":
            assert any(asked.text in body for body in bodies)


def test_one_search_in_eight_has_a_typo(documents):
    known = {word.strip(".,:;!?()“”\"'") for d in documents for word in d.body.split()}
    typed = draw_typed(documents, 64, seed=6)
    strange = [text for text in typed if not known.issuperset(text.split())]
    assert 4 <= len(strange) <= 12


def test_a_typo_changes_a_word_and_little_of_it():
    chance = random.Random(1)
    for word in ("numeracy", "reading", "letter", "aaaa", "tee"):
        wrong = misspelt(word, chance)
        assert abs(len(wrong) - len(word)) <= 1
        assert wrong != word or len(word) < 4


def test_odd_strings_differ_and_are_the_same_every_time():
    strings = list(odd_strings(["outdoor learning"]))
    assert len(set(strings)) == len(strings) == 2000
    assert strings == list(odd_strings(["outdoor learning"]))
