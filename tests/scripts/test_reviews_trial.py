"""Reviewers who race and publishing that is killed: a few here, scripts/try_reviews.py many."""

import logging

from scripts.killing.publishing import kill_publishing
from scripts.killing.review_library import ReviewLibrary
from scripts.killing.review_race import race


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(tmp_path, caplog):
    caplog.set_level(logging.CRITICAL)
    raced = race(ReviewLibrary(tmp_path), pairs=20)
    assert raced.faults == []
    assert (raced.told, sum(raced.won.values())) == (20, 20)


def test_a_killed_publishing_is_whole_or_has_not_begun(tmp_path, caplog):
    caplog.set_level(logging.CRITICAL)
    killed = kill_publishing(ReviewLibrary(tmp_path), kills=3, seed=2)
    assert killed.faults == []
    assert killed.published + killed.untouched == killed.kills == 3
