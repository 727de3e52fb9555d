"""What a draft says leads to what it could be filed under, well enough to be worth a look."""

import pytest

from app.domain.facets import TERM_LISTS
from app.domain.resources import Kind
from app.formats.markdown import plain_text
from app.formats.resource_files import ReadingRules, read_resource
from app.search.language.synonyms import Thesaurus
from app.search.language.term_suggestions import TermSuggester, suggest_tags
from config import PROJECT_DIR


@pytest.fixture(scope="module")
def suggester(taxonomy):
    return TermSuggester(taxonomy, Thesaurus(taxonomy))


@pytest.fixture(scope="module")
def library(taxonomy):
    rules = ReadingRules(taxonomy)
    paths = [
        p for kind in Kind for p in sorted((PROJECT_DIR / "content" / kind.folder).glob("*.md"))
    ]
    read = [read_resource(path.read_bytes(), path.stem, rules).content for path in paths]
    return [(content, plain_text(content.body)) for content in read]


@pytest.mark.parametrize(
    ("text", "facet", "codes"),
    [
        ("Number talks in P5", "stage", ("p5",)),
        ("A P5/6 composite", "stage", ("p5", "p6")),
        ("From P5 to P7", "stage", ("p5", "p6", "p7")),
        ("Primary five", "stage", ("p5",)),
        ("A talk with the S3s", "stage", ("s3",)),
        ("First level", "stage", ("p2", "p3", "p4")),
        ("Number talks in P5", "sector", ("primary",)),
        ("S1 and S2 history", "sector", ("secondary",)),
        ("Numeracy", "theme", ("numeracy",)),
        ("What we did with PEF", "theme", ("pef",)),
        ("Gàidhlig", "theme", ("gaelic",)),
        ("HGIOS4 2.3 looked at again", "indicator", ("hgios4-2.3",)),
    ],
)
def test_a_title_suggests_what_it_names(suggester, text, facet, codes):
    assert suggester.suggest_terms(text, "", "").get(facet) == codes


def test_what_the_title_says_comes_before_what_the_text_says_more_often(suggester):
    found = suggester.suggest_terms("Numeracy", "", "About attendance. And attendance again.")
    assert found["theme"] == ("numeracy", "attendance")


def test_a_term_named_once_in_a_long_text_is_not_suggested(suggester):
    body = f"Numeracy. {'And we went on. ' * 200}"
    assert suggester.suggest_terms("", "", body) == {}
    assert suggester.suggest_terms("", "", f"{body}{' Numeracy.' * 4}")["theme"] == ("numeracy",)


def test_a_word_of_the_same_stem_names_nothing(suggester):
    assert "theme" not in suggester.suggest_terms("We read it together", "", "")
    assert "literacy" in suggester.suggest_terms("Reading together", "", "")["theme"]


def test_another_countrys_stage_suggests_nothing(suggester):
    assert "stage" not in suggester.suggest_terms("Year 5", "", "")


def test_at_most_five_are_suggested_to_a_facet(suggester):
    assert len(suggester.suggest_terms("P1 to P7", "", "")["stage"]) == 5


def test_no_words_suggest_nothing(suggester):
    assert suggester.suggest_terms("", "", "") == {}


def test_only_terms_that_may_be_given_are_suggested(suggester, library, taxonomy):
    current = {
        facet.name: {
            t.code for t in taxonomy.vocabularies[facet.vocabulary].terms if not t.is_retired
        }
        for facet in TERM_LISTS
    }
    for content, body in library:
        for facet, codes in suggester.suggest_terms(content.title, content.summary, body).items():
            assert set(codes) <= current[facet]


@pytest.mark.parametrize(
    ("facet", "recall", "precision"),
    [("stage", 0.6, 0.92), ("sector", 0.75, 0.88), ("theme", 0.5, 0.6), ("area", 0.5, 0.55)],
)
def test_the_library_would_have_been_filed_much_as_it_is(
    suggester, library, facet, recall, precision
):
    found = right = held = 0
    for content, body in library:
        own = set(content.terms.get(facet, ()))
        suggested = suggester.suggest_terms(content.title, content.summary, body).get(facet, ())
        found, right, held = (
            found + len(suggested),
            right + len(own & set(suggested)),
            held + len(own),
        )
    assert right / held >= recall
    assert right / found >= precision


def test_tags_that_others_use_are_suggested_where_the_text_says_them():
    held = {"number talks": 3, "Mòd": 1, "time": 9, "sit spot": 2, "": 1}
    text = "Number talks take time. Mod, Mòd, MOD: a mod."
    assert suggest_tags(text, held) == ("number talks", "Mòd")


def test_of_tags_said_alike_the_one_in_use_more_often_comes_first():
    assert suggest_tags("sit spot, word wall", {"word wall": 1, "sit spot": 4}) == (
        *("sit spot", "word wall"),
    )


def test_at_most_six_tags_are_suggested():
    held = {f"tag {name}": 1 for name in "abcdefgh"}
    assert len(suggest_tags(", ".join(held), held)) == 6
