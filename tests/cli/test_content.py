"""flask content: counts, a line for every problem, an exit status, and nothing on a dry run."""

import pytest

from app.followers.place import Place
from tests.content_app import IDS, SVG, a_file


@pytest.fixture
def tree(library):
    library.put("files/a.md", a_file("One", id=IDS[0], published_on="2025-03-04"))
    library.put(
        "files/b.md", a_file("Two", id=IDS[1], published_on="2025-03-04", themes="[numercy]")
    )
    library.put("files/c.txt", "left alone")
    return library.folder / "files"


def test_loading_reports_counts_and_lets_the_library_be_searched_at_once(library, tree):
    done = library.run("content", "load", tree)
    assert done.exit_code == 0
    assert "2 new, 0 changed, 0 unchanged, 0 refused, 1 left alone\n" in done.stdout
    assert set(library.search.documents) == {IDS[0], IDS[1]}
    assert (library.content_dir / "case-studies/one.md").is_file()
    again = library.run("content", "load", tree)
    assert "0 new, 0 changed, 2 unchanged, 0 refused, 1 left alone\n" in again.stdout


def test_each_problem_names_file_and_line_and_one_refusal_fails_the_command(library, tree):
    library.put("files/d.md", "---\ntitle: x\nstages: [p5\n---\n")
    done = library.run("content", "load", tree)
    assert done.exit_code == 1
    assert "2 new, 0 changed, 0 unchanged, 1 refused" in done.stdout
    assert f"{tree}/d.md:4: The front matter is not YAML here" in done.stderr
    assert (
        f"{tree}/b.md:7: “numercy” is no theme that we know. The nearest: numeracy" in done.stderr
    )


def test_a_link_out_of_the_tree_is_refused_by_name(library, tree):
    (tree / "out.md").symlink_to(library.put("secret.md", a_file()))
    done = library.run("content", "load", tree)
    assert done.exit_code == 1
    assert f"{tree}/out.md:1: This link leads out of the tree" in done.stderr


def test_a_dry_run_tells_everything_and_changes_nothing(library, tree):
    done = library.run("content", "load", tree, "--dry-run")
    assert done.exit_code == 0
    assert "2 new" in done.stdout
    assert "Nothing was changed" in done.stdout
    assert library.search.documents == {}
    assert not library.content_dir.exists()
    assert "2 new" in library.run("content", "load", tree).stdout


def test_defaults_and_body_keys_are_taken(library):
    library.put("files/a.md", "---\nabstract: The words.\n---\n")
    done = library.run(
        *("content", "load", library.folder / "files", "--body-key", "abstract"),
        *("--default", "kind=case-study", "--default", "region=Tayside"),
    )
    assert "1 new" in done.stdout
    [document] = library.search.documents.values()
    assert (document.body, document.facets["region"]) == ("The words.", ("tayside",))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--default", "region"], "--default takes KEY=VALUE"),
        (["--default", "colour=blue"], "no default for “colour”"),
        (["--default", "region=nowhere"], "is no region"),
        (["--body-key", "title"], "cannot be a body key"),
    ],
)
def test_options_that_cannot_be_used_end_in_one_sentence(library, tree, options, sentence):
    done = library.run("content", "load", tree, *options)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_a_path_that_is_not_there_ends_in_one_sentence(library):
    done = library.run("content", "load", library.folder / "none")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "There is no file or folder" in done.stderr


def test_without_a_path_the_library_s_own_folder_is_loaded(library):
    library.put("content/professional-learning/a.md", a_file(kind="professional-learning"))
    library.put("content/help/a.md", "# Help")
    assert (
        "1 new, 0 changed, 0 unchanged, 0 refused, 0 left alone"
        in library.run("content", "load").stdout
    )
    assert library.run("content", "check").stdout == "Files, database and taxonomy: all agree.\n"


def test_while_a_server_follows_it_is_left_to_carry_the_changes(library, tree):
    holder = Place(library.settings.index_dir)
    holder.take()
    done = library.run("content", "load", tree)
    holder.leave()
    assert done.exit_code == 0
    assert "The running server carries the changes" in done.stdout
    assert library.search.documents == {}


def test_load_write_load_write_gives_identical_bytes(library, tree):
    library.put("files/plan.svg", SVG)
    library.put("files/e.md", a_file("Three", body="Words ![x](plan.svg)\n", teaching="015 # min"))

    def written(name):
        out = library.folder / name
        assert library.run("content", "write", out).exit_code == 0
        return {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}

    library.run("content", "load", tree)
    first = written("first")
    again = library.run("content", "load", library.folder / "first")
    assert "0 new, 0 changed, 3 unchanged, 0 refused, 0 left alone" in again.stdout
    assert written("second") == first
    assert len(first) == 4


def test_writing_over_words_that_were_not_loaded_is_refused_and_named(library, tree):
    library.run("content", "load", tree)
    library.put("out/case-studies/one.md", a_file("One", id=IDS[0], body="Mine.\n"))
    done = library.run("content", "write", library.folder / "out")
    assert done.exit_code == 1
    assert "out/case-studies/one.md: this holds words that were never loaded" in done.stderr
    assert "1 resources and 0 collections written" in done.stdout


def test_check_prints_the_differences_and_fails(library, tree):
    library.run("content", "load", tree)
    (library.content_dir / "case-studies/one.md").unlink()
    done = library.run("content", "check")
    assert done.exit_code == 1
    assert "one.md: the database holds this resource, and there is no such file" in done.stdout
    library.run("content", "write", library.content_dir)
    assert library.run("content", "check").exit_code == 0
