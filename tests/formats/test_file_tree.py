"""Finding files: what is ours by its ending, never beyond the tree, never for ever."""

import os

import pytest

from app.domain.errors import InvalidInput
from app.formats.file_tree import DEEPEST, find_files


@pytest.fixture
def put(tmp_path):
    def put(name):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
        return path

    return put


def names(paths, tmp_path):
    return [str(path.relative_to(tmp_path / "tree")) for path in paths]


def test_markdown_is_found_in_any_case_and_the_rest_is_left_alone(put, tmp_path):
    for name in ("b.md", "a/x.Markdown", "c.Rmd", "d.QMD", "e.txt", "f", ".hidden.md", ".git/g.md"):
        put(name)
    tree = find_files(tmp_path / "tree")
    assert names(tree.files, tmp_path) == ["a/x.Markdown", "b.md", "c.Rmd", "d.QMD"]
    assert names(tree.others, tmp_path) == ["e.txt", "f"]
    assert tree.refused == []


def test_links_out_of_the_tree_cycles_and_broken_links_are_refused_by_name(put, tmp_path):
    put("a/one.md")
    secret = tmp_path / "secret.md"
    secret.write_text("x")
    tree = tmp_path / "tree"
    (tree / "out.md").symlink_to(secret)
    (tree / "above").symlink_to(tmp_path)
    (tree / "a/cycle").symlink_to(tree)
    (tree / "ring").symlink_to(tree / "ring")
    (tree / "broken.md").symlink_to(tree / "nothing.md")
    (tree / "within.md").symlink_to(tree / "a/one.md")
    found = find_files(tree)
    why = {path.name: sentence for path, sentence in found.refused}
    assert names(found.files, tmp_path) == ["a/one.md"]
    assert names(found.others, tmp_path) == ["within.md"]
    assert "a cycle" in why["cycle"]
    assert "a cycle" in why["ring"]
    assert "a cycle" in why["above"]
    assert f"out of the tree, to {secret}" in why["out.md"]
    assert "leads to nothing" in why["broken.md"]


def test_what_is_no_plain_file_is_refused(put, tmp_path):
    put("a.md")
    os.mkfifo(tmp_path / "tree/pipe.md")
    [(path, sentence)] = find_files(tmp_path / "tree").refused
    assert (path.name, sentence) == ("pipe.md", "This is not a plain file.")


def test_folders_too_deep_are_refused(put, tmp_path):
    put("/".join("d" * (DEEPEST + 3)) + "/a.md")
    [(_, sentence)] = find_files(tmp_path / "tree").refused
    assert "folders deep" in sentence


def test_one_file_is_a_tree_of_one(put, tmp_path):
    path = put("a.md")
    put("b.md")
    tree = find_files(path)
    assert (tree.files, tree.others) == ([path], [])


@pytest.mark.parametrize("name", ["none.md", "text.txt"])
def test_a_path_that_cannot_be_loaded_is_told(put, tmp_path, name):
    put("text.txt")
    with pytest.raises(InvalidInput, match=name):
        find_files(tmp_path / "tree" / name)
