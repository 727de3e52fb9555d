import os

from scripts.setup.stamps import Stamp, digest_of, digest_of_tree


def test_a_stamp_holds_only_for_what_it_was_kept_for(tmp_path):
    stamp = Stamp(tmp_path / "deep/stamp")
    assert not stamp.holds("a")
    stamp.keep("a")
    assert stamp.holds("a")
    assert not stamp.holds("b")
    stamp.lift()
    assert not stamp.holds("a")


def test_a_digest_knows_where_one_text_ends():
    assert digest_of("ab", "c") != digest_of("a", "bc")


def test_a_tree_changes_by_a_file_added_changed_or_removed(tmp_path):
    (tmp_path / "a.md").write_text("a")
    digests = [digest_of_tree(tmp_path)]
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.md").write_text("b")
    digests.append(digest_of_tree(tmp_path))
    os.utime(tmp_path / "a.md", (1, 1))
    digests.append(digest_of_tree(tmp_path))
    (tmp_path / "a.md").unlink()
    digests.append(digest_of_tree(tmp_path))
    assert len(set(digests)) == 4


def test_hidden_and_compiled_files_do_not_count(tmp_path):
    before = digest_of_tree(tmp_path)
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/x.pyc").write_text("x")
    assert digest_of_tree(tmp_path) == before


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path):
    assert digest_of_tree(tmp_path / "none") == digest_of_tree(tmp_path)
