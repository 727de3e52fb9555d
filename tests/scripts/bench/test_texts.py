from scripts.bench.texts import MOST_WORDS, Text, gather, plain

PAGE = """---
title: Not text
---
# Reading together at last

A *first* paragraph with [a link](https://example.org/x) and enough words to be kept
by the gatherer here.

```python
code = "is not text"
```

Too short.

- One item of a list which is also a sentence with plenty of words to keep for later.
"""


def test_paragraphs_are_kept_and_code_and_front_matter_are_not(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/page.md").write_text(PAGE)
    text = gather([tmp_path])
    assert text.headings == ("Reading together at last",)
    assert text.paragraphs == (
        "A first paragraph with a link and enough words to be kept by the gatherer here.",
        "One item of a list which is also a sentence with plenty of words to keep for later.",
    )


def test_a_paragraph_that_comes_again_is_taken_once(tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(PAGE)
    assert len(gather([tmp_path]).paragraphs) == 2


def test_long_paragraphs_are_cut_between_sentences(tmp_path):
    (tmp_path / "long.md").write_text("Every sentence here has exactly seven words. " * 200)
    lengths = [len(paragraph.split()) for paragraph in gather([tmp_path]).paragraphs]
    assert max(lengths) <= MOST_WORDS


def test_text_is_the_same_after_it_was_written_down(tmp_path, real_text):
    real_text.save(tmp_path / "text.json")
    assert Text.load(tmp_path / "text.json") == real_text


def test_plain_text_has_no_marks_and_no_addresses():
    assert plain("**Bold** `code` [a](b) <https://x.y/z> me@example.org") == "Bold code a"
