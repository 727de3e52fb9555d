"""flask search evaluate with our own judged queries, as the operator meets it."""

import pytest

from app.cli.golden import documents_of_files
from app.cli.search import search as commands
from app.db import reading
from app.followers.documents import documents
from tests.content_app import IDS, PROJECT, SVG, TAXONOMY, a_file

ASKED = """\
- id: acronym-{}
  query: {}
  need: how it is spent
  best:
    - {}
"""


@pytest.fixture
def golden(library):
    """The folder of a golden set of three queries, over a library of two files."""
    put = library.put
    put("content/case-studies/otters.md", a_file("Otters", "Pupil Equity Funding and otters.\n"))
    put("content/case-studies/badgers.md", a_file("Badgers", "Badgers dig.\n", audience="staff"))
    first, second = ASKED.format("01", "PEF", "otters"), ASKED.format("02", "badgers", "otters")
    put("golden/tuning/acronym.yaml", first + second)
    put("golden/check/acronym.yaml", ASKED.format("03", "hedgehogs", "badgers"))
    put("golden/floor", "tuning: 0.5\ncheck: 0\nacronym: 0\n")
    return library.folder / "golden"


@pytest.fixture
def run(library):
    app = library.app()
    app.cli.add_command(commands)
    return lambda *args: app.test_cli_runner().invoke(args=["search", "evaluate", *map(str, args)])


def test_every_kind_and_split_is_told(run, golden):
    result = run("--golden", golden)
    assert result.exit_code == 0
    assert result.stdout == (
        "2 resources, 3 judged queries\n"
        "\n"
        "                         tuning                    check                     both\n"
        "kind           queries  nDCG@10    MRR  queries  nDCG@10    MRR  queries  nDCG@10    MRR\n"
        "acronym              2   0.5000  0.500        1   0.0000  0.000        3   0.3333  0.333\n"
        "total                2   0.5000  0.500        1   0.0000  0.000        3   0.3333  0.333\n"
    )


def test_what_has_fallen_is_told_and_is_exit_status_1(run, golden):
    (golden / "floor").write_text("tuning: 0.9\ncheck: 0\nacronym: 0\n")
    result = run("--golden", golden)
    assert result.exit_code == 1
    assert result.stderr == "tuning fell to 0.5000, under its floor of 0.9000.\n"


def test_misses_are_those_of_the_tuning_split_only(run, golden):
    told = run("--golden", golden, "--show-misses").stdout.split("The worst of the tuning split:")[
        1
    ]
    assert "0.000  acronym-02  badgers  (how it is spent)" in told
    assert "1. badgers: not wanted" in told
    assert "want otters: best, not in the first 10" in told
    assert "hedgehogs" not in told


def test_the_cost_of_an_edit_is_told_for_each_query(run, golden):
    told = run("--golden", golden, "--without-synonym", "PEF").stdout.split("Without “PEF”")[1]
    assert "tuning  0.5000 to 0.0000 (-0.5000)\n" in told
    assert "check   0.0000 to 0.0000 (+0.0000)\n" in told
    assert "  1.0000 to 0.0000 (-1.0000)  acronym-01  PEF\n" in told
    assert told.endswith("1 queries are answered otherwise, 0 of them put aside.\n")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--without-synonym", "PFE"], "The taxonomy has no synonym or alias “PFE”."),
        (["--golden", "nowhere"], "There are no judged queries in nowhere: they come with"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(run, golden, options, sentence):
    result = run("--golden", golden, *options)
    assert result.exit_code == 1
    assert result.stderr.startswith(sentence)


def test_a_library_without_the_judged_resources_is_told(run, golden, library):
    (library.content_dir / "case-studies/badgers.md").unlink()
    result = run("--golden", golden)
    assert result.exit_code == 1
    assert result.stderr == "What the queries want is not in the library: badgers.\n"


def test_a_file_that_cannot_be_taken_is_told(run, golden, library):
    library.put("content/case-studies/broken.md", a_file(region="nowhere"))
    result = run("--golden", golden)
    assert result.exit_code == 1
    assert "broken.md cannot be taken: " in result.stderr


def test_the_options_for_a_collection_go_together(run, golden):
    result = run("--corpus", golden / "floor")
    assert result.exit_code == 2
    assert "--corpus, --queries and --qrels go together" in result.stderr


def test_what_is_measured_is_what_the_index_would_hold(library):
    name = "number-talks-in-a-p5-6-composite"
    sample = (PROJECT / f"content/case-studies/{name}.md").read_bytes()
    library.put(f"content/case-studies/{name}.md", sample)
    library.put("content/case-studies/pictures/number-talk-board-24-times-5.svg", SVG)
    library.put(
        "content/case-studies/plain.md",
        a_file(id=IDS[0], stages="[p5]", published_on="2026-01-01"),
    )
    assert library.run("content", "load").exit_code == 0
    with reading() as session:
        held = {document.id: document for document in documents(session, TAXONOMY)}
    measured = documents_of_files(library.settings, TAXONOMY)
    assert len(held) == 2
    assert {document.id: document for document in measured} == held
