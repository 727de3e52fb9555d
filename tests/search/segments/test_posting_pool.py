"""Postings come back by field and form, whether they were put on the disk meanwhile or not."""

import pytest

from app.search.segments.posting_pool import PostingPool

DOCUMENTS = [
    {"title": {b"otter": b"a"}, "body": {b"otter": b"bb", b"owl": b"c"}},
    {"body": {b"owl": b"dddd"}},
    {"title": {b"badger": b""}, "body": {b"otter": b"e"}},
]


def gathered(folder, limit_bytes):
    pool = PostingPool(folder, limit_bytes)
    for number, fields in enumerate(DOCUMENTS):
        for field, forms in fields.items():
            pool.add_document(field, number, [(form, 1, 1.0, v) for form, v in forms.items()])
    found = [tuple(term) for term in pool.iter_postings()]
    pool.cleanup()
    return found


@pytest.mark.parametrize("limit_bytes", [0, 500, 2**20])
def test_postings_are_given_back_in_order_and_whole(tmp_path, limit_bytes):
    assert gathered(tmp_path, limit_bytes) == [
        ("body", b"otter", [0, 2], [b"bb", b"e"]),
        ("body", b"owl", [0, 1], [b"c", b"dddd"]),
        ("title", b"badger", [2], [b""]),
        ("title", b"otter", [0], [b"a"]),
    ]


def test_what_was_put_on_the_disk_has_no_name_there(tmp_path):
    pool = PostingPool(tmp_path, 0)
    pool.add(("body", b"otter", 0, 1.0, None))
    assert list(tmp_path.iterdir()) == []
    assert [term.form for term in pool.iter_postings()] == [b"otter"]
    pool.cleanup()
