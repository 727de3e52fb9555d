"""flask search, as the operator meets it."""

import json
from pathlib import Path

import pytest

from app.search.port import (
    FilterValue,
    Reason,
    ReasonKind,
    Sort,
)
from app.search.understood import (
    Chip,
    Correction,
    Expansion,
    Question,
    Reading,
)
from tests.fake_search import FakeSearch, a_hit, a_page, searching_with


@pytest.fixture
def search(app):
    with searching_with(app, FakeSearch()) as engine:
        yield engine


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["search", *words])


def test_hits_are_printed_with_title_place_and_address(run, search):
    search.page = a_page(a_hit(), a_hit("Number lines", school=""))

    printed = run("find", "number", "--base-url", "https://library.example").output

    assert printed == (
        "2 results\n"
        "\n"
        "1. Number talks\n"
        "   Ardlaggan Primary School, Angus, Tayside Regional Improvement Collaborative\n"
        "   https://library.example/resources/number-talks\n"
        "\n"
        "2. Number lines\n"
        "   Angus, Tayside Regional Improvement Collaborative\n"
        "   https://library.example/resources/number-lines\n"
    )


def test_the_second_page_goes_on_counting(run, search):
    search.page = a_page(a_hit(), total=21)
    assert "21. Number talks" in run("find", "number", "--page", "2").output


def test_what_was_made_of_the_words_is_told(run, search):
    search.page = a_page(
        correction=Correction("numeracy", is_applied=True),
        expansions=(Expansion("PEF", ("Pupil Equity Funding",)),),
        notes=("The word “the” was set aside.",),
    )
    printed = run("find", "numercy").output

    assert "for numeracy (--exact searches as typed)" in printed
    assert "also searched for: Pupil Equity Funding (PEF)" in printed
    assert "The word “the” was set aside." in printed


def test_a_correction_that_is_only_offered_is_a_question(run, search):
    search.page = a_page(correction=Correction("numeracy", is_applied=False))
    assert "Did you mean numeracy?" in run("find", "numercy").output


def test_how_the_words_were_read_is_told(run, search):
    search.page = a_page(
        chips=(
            Chip("P5", "Stage P5 (Second level)", "stage", "p5"),
            Chip("maths", "Mathematics", "area", "mathematics"),
        ),
        questions=(Question("Year 5", "P5", "maths P5"),),
        readings=(Reading("SLT", ("speech and language therapy", "senior leadership team")),),
        is_spread=True,
    )

    lines = run("find", "anything").output.splitlines()

    assert lines[1:] == [
        "read as: Stage P5 (Second level) (P5), Mathematics (maths) "
        "(--plain WORDS searches as typed)",
        "Year 5: did you mean P5? Search for: maths P5",
        "SLT may mean speech and language therapy, or senior leadership team",
        "results from other regions that fit as well were moved up (--no-outward leaves them)",
    ]


def test_each_hit_says_why_it_was_found(run, search):
    why = Reason(ReasonKind.STAGE, "P5", "P5", ("labels",))
    search.page = a_page(a_hit(reasons=(why,)))
    assert "   For P5\n   http" in run("find", "P5").output


def test_where_nothing_is_found_the_ways_out_are_told(run, search):
    search.page = a_page(
        droppable=(FilterValue("stage", "p5", 12),), nearest=(FilterValue("stage", "p6", 1),)
    )
    printed = run("find", "zebra", "--facet", "stage=p5").output

    assert "without --facet stage=p5 (P5): 12 results\n" in printed
    assert "perhaps --facet stage=p6 (P6): 1 result\n" in printed


def test_words_and_options_are_asked_for_as_on_the_page(run, search):
    result = run(
        "find", "number", "talks", "--facet", "region=tayside", "--facet", "region=south-east",
        "--sort", "newest", "--page", "2", "--per-page", "5", "--exact",
        "--plain", "number", "--plain", "talks", "--home", "tayside", "--no-outward",
    )  # fmt: skip

    assert result.exit_code == 0
    (asked,) = search.asked
    assert asked.words == "number talks"
    assert asked.facets == {"region": ("tayside", "south-east")}
    assert asked.sort is Sort.NEWEST
    assert (asked.page, asked.per_page, asked.is_exact) == (2, 5, True)
    assert asked.plain == ("number", "talks")
    assert (asked.home, asked.is_outward) == ("tayside", False)
    assert asked.marks == {"public"}


def test_json_is_what_the_api_answers(run, client, search):
    search.page = a_page(a_hit(), correction=Correction("number", is_applied=True))

    printed = json.loads(run("find", "numbr", "--json", "--base-url", "http://localhost").output)
    answered = client.get("/api/v1/search?q=numbr").json

    del printed["took_ms"], answered["took_ms"]
    assert printed == answered


def test_an_error_is_one_sentence_and_exit_status_1(run, search):
    search.is_away = True
    result = run("find", "number")

    assert result.exit_code == 1
    assert result.stderr == "Search is being put in order and will be back soon.\n"
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--page", "x"], "“page” must be a whole number from 1 to 1000, not “x”."),
        (["--facet", "regon=x"], "There is no parameter “regon”. Did you mean “region”?"),
        (["--facet", "tayside"], "Write --facet NAME=CODE, such as stage=p5, not “tayside”."),
    ],
)
def test_odd_options_are_refused_in_words(run, search, options, sentence):
    result = run("find", "number", *options)

    assert result.exit_code == 1
    assert result.stderr == f"{sentence}\n"


def test_bytes_that_are_no_text_do_no_harm(run, search):
    assert run("find", "\udcff", "--facet", "theme=\udcff", "--json").exit_code == 0
    assert search.asked[0].words == "\ufffd"


@pytest.fixture
def collection(tmp_path):
    """Options that name the three files of a tiny judged collection."""
    files = {
        "corpus": '{"_id": "a", "title": "Number talks", "text": "Talk about numbers."}\n'
        '{"_id": "b", "title": "Outdoor play", "text": "Mud kitchens."}\n',
        "queries": '{"_id": "1", "text": "talk about numbers"}\n',
        "qrels": "query-id\tcorpus-id\tscore\n1\ta\t1\n",
    }
    options = []
    for name, text in files.items():
        path = tmp_path / name
        path.write_text(text)
        options += [f"--{name}", str(path)]
    return options


def test_evaluate_prints_how_well_it_ranks(run, collection):
    result = run("evaluate", *collection)

    assert result.output == (
        "documents   2\nqueries     1\nnDCG@10     1.0000\nMAP         1.0000\nrecall@100  1.0000\n"
    )


def test_a_broken_collection_is_told_with_file_and_line(run, collection):
    corpus = Path(collection[1])
    corpus.write_text('{"_id": "a", "text": "x"}\nnot JSON\n')

    result = run("evaluate", *collection)

    assert result.exit_code == 1
    assert f"{corpus}:2" in result.stderr or "line 2" in result.stderr


def test_evaluate_needs_files_that_are_there(run):
    result = run("evaluate", "--corpus", "no", "--queries", "no", "--qrels", "no")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
