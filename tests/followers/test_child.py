"""A command in a process of its own: with these settings, ended at a stop, a failure told once."""

import os
import time

import pytest

from app.followers.child import Child, ChildFailed
from tests.content_app import IDS, a_file


def ends(child, within_s=30.0):
    until = time.monotonic() + within_s
    while child.is_running():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_it_works_on_the_library_of_its_settings(library, load):
    load(a_file(id=IDS[0]))
    child = Child(library.settings, "db", "upgrade")
    assert not child.is_running()
    child.start()
    assert child.is_running()
    with pytest.raises(ChildFailed, match=r"flask db upgrade.* ended with status 1"):
        ends(child)  # the tables of this library were made without migrations
    assert not child.is_running()


def test_a_command_that_does_well_just_ends(library):
    child = Child(library.settings, "--version")
    child.start()
    ends(child)
    child.start()
    ends(child)


def test_a_stop_ends_it(library):
    child = Child(library.settings, "index", "follow")
    child.start()
    process = child._process.pid
    child.stop()
    child.stop()  # harmless
    assert not child.is_running()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
