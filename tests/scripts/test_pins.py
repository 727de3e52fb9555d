import json
import os
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
PINS = sorted(PROJECT.glob("requirements*.txt"))


@pytest.mark.parametrize("pins", PINS, ids=lambda path: path.name)
def test_every_package_is_pinned_with_a_hash(pins):
    entries = re.split(r"\n(?=\w)", re.sub(r"^\s*#.*\n", "", pins.read_text(), flags=re.MULTILINE))
    assert len(entries) >= 1
    assert [entry for entry in entries if not re.match(r"[\w.\[\]-]+==\S+ .*\\\n", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("pins", PINS, ids=lambda path: path.name)
def test_what_is_asked_for_is_what_is_pinned(pins):
    pinned = dict(
        re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", pins.read_text().lower(), re.MULTILINE)
    )
    asked = re.findall(
        r"^([\w.-]+)(?:\[\w+\])?(?:==(\S+))?$",
        pins.with_suffix(".in").read_text().lower(),
        re.MULTILINE,
    )
    assert asked
    assert [name for name, version in asked if pinned[name] != (version or pinned[name])] == []


def test_developers_run_what_production_runs():
    def versions(name):
        return dict(re.findall(r"^([\w.-]+)==(\S+)", (PROJECT / name).read_text(), re.MULTILINE))

    production, developers = versions("requirements.txt"), versions("requirements-dev.txt")
    shared = production.keys() & developers.keys()
    assert shared
    assert {n: production[n] for n in shared} == {n: developers[n] for n in shared}


def test_front_end_packages_are_pinned_with_integrity():
    asked = json.loads((PROJECT / "package.json").read_text())
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    root = packages.pop("")
    assert root["dependencies"] == asked["dependencies"]
    assert root["devDependencies"] == asked["devDependencies"]
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


@pytest.mark.parametrize("pins", PINS, ids=lambda path: path.name)
def test_python_pins_name_no_registry(pins):
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", pins.read_text()) == []


def test_front_end_pins_name_no_registry():
    assert '"resolved"' not in (PROJECT / "package-lock.json").read_text()


def test_what_ci_runs_can_be_run():
    assert os.access(PROJECT / ".ci/run", os.X_OK)
