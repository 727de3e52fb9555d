"""Invented people use the library for trying it out: once, and never in production.

The sample itself is played for the tests in the browser, and by serve.py.
"""

import pytest

from tests.content_app import a_file

ACTIVITY = """
people:
  ann: {role: teacher, school: Balquhinnie Primary School, authority: angus}
adoptions:
  - by: ann
    resource: number-talks
    stages: [p5]
    months_ago: 1
    outcome: worked
    would_repeat: true
    changes: ""
tags:
  - {by: ann, resource: number-talks, tags: [rain]}
"""


@pytest.fixture
def loaded(library):
    library.run("db", "upgrade")
    file = library.put("content/case-studies/number-talks.md", a_file(themes="[attendance]"))
    library.run("content", "load", file)
    library.run("accounts", "demo")
    return library


def test_it_is_played_once(loaded):
    loaded.put("content/sample-activity.yaml", ACTIVITY)
    assert "Played: 1 tags, 1 adoptions" in loaded.run("demo", "play").stdout
    assert "Nothing to play" in loaded.run("demo", "play").stdout


def test_all_of_it_or_nothing(loaded):
    broken = ACTIVITY.replace("resource: number-talks\n", "resource: none\n")
    loaded.put("content/sample-activity.yaml", broken)
    assert loaded.run("demo", "play").exit_code == 1
    loaded.put("content/sample-activity.yaml", ACTIVITY)
    assert "Played: 1 tags, 1 adoptions" in loaded.run("demo", "play").stdout


def test_a_library_without_a_sample_plays_nothing(loaded):
    assert "Nothing to play" in loaded.run("demo", "play").stdout


def test_it_is_refused_in_production(library):
    library.parts = library.changed(
        environment="production", secret_key="a-secret-of-our-own-that-is-long-enough"
    )
    done = library.run("demo", "play")
    assert (done.exit_code, "no place in production" in done.stderr) == (1, True)
