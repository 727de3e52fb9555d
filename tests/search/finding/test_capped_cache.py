"""A cache keeps what was asked for last, and no more bytes than it may."""

import threading

import pytest

from app.search.finding.capped_cache import CappedCache


@pytest.fixture
def cache():
    return CappedCache(10, len)


@pytest.fixture
def made():
    return []


def ask(cache, made, key, value):
    return cache.get(key, lambda: made.append(key) or value)


def test_what_is_kept_is_not_made_again(cache, made):
    assert [ask(cache, made, "a", "xxx"), ask(cache, made, "a", "other")] == ["xxx", "xxx"]
    assert made == ["a"]


def test_what_was_not_asked_for_longest_goes_first(cache, made):
    for key in ("a", "b", "c", "a", "d", "a", "b"):
        ask(cache, made, key, "xxx")
    assert made == ["a", "b", "c", "d", "b"]


def test_what_is_heavier_than_the_cache_is_given_but_not_kept(cache, made):
    ask(cache, made, "a", "xxx")
    assert ask(cache, made, "large", "x" * 11) == "x" * 11
    assert ask(cache, made, "large", "x" * 11) == "x" * 11
    ask(cache, made, "a", "xxx")
    assert made == ["a", "large", "large"]


def test_something_as_heavy_as_the_cache_drives_out_the_rest(cache, made):
    for key, value in (("a", "x"), ("full", "x" * 10), ("full", ""), ("a", "x")):
        ask(cache, made, key, value)
    assert made == ["a", "full", "a"]


def test_after_clearing_all_is_made_anew_and_there_is_room(cache, made):
    ask(cache, made, "a", "x" * 9)
    cache.clear()
    for key in ("a", "b", "a", "b"):
        ask(cache, made, key, "x" * 5)
    assert made == ["a", "a", "b"]


def test_nothing_is_kept_of_what_could_not_be_made(cache, made):
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: 1 / 0)
    assert ask(cache, made, "a", "x") == "x"


def test_many_threads_leave_it_within_its_bytes():
    cache = CappedCache(50, lambda value: value)

    def work(first):
        for n in range(400):
            assert cache.get((first + n) % 17, lambda n=n: (first + n) % 17) == (first + n) % 17

    threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [size for _, size in cache._held.values()]
    assert sum(kept) == cache._bytes <= 50
