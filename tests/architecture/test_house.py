"""The rules of the house, checked: doors, captions, sizes, names, words kept in step."""

import ast
import re
from pathlib import Path

import pytest

from app.cli import GROUPS
from config import Settings

PROJECT = Path(__file__).parent.parent.parent
OUR_PYTHON = sorted(
    path.relative_to(PROJECT)
    for folder in ("app", "scripts", "tests")
    for path in (PROJECT / folder).rglob("*.py")
)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base_utils"}
LONGEST_FILE = 350  # lines
LONGEST_FUNCTION = 50  # lines


def test_every_door_has_a_guard(app):
    bare = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "action")
    ]
    assert bare == []


def test_only_a_form_or_a_program_that_sends_changes_anything(app):
    methods = {m for rule in app.url_map.iter_rules() for m in rule.methods}
    assert methods <= {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
    pages = {
        method
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("api.")
        for method in rule.methods
    }
    assert pages <= {"GET", "HEAD", "OPTIONS", "POST"}, "a page changes by a form"


@pytest.mark.parametrize("path", OUR_PYTHON, ids=str)
def test_every_room_has_a_caption_and_is_not_a_hall(path):
    text = (PROJECT / path).read_text()
    if path.parts[0] != "tests":
        assert text.startswith('"""'), "say in one line what this file is for"
    assert text.count("\n") <= LONGEST_FILE, "split this file"
    assert path.stem not in FORBIDDEN_NAMES, "name it for what it yields"


@pytest.mark.parametrize("path", OUR_PYTHON, ids=str)
def test_no_function_is_longer_than_a_screen(path):
    tree = ast.parse((PROJECT / path).read_text())
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def test_web_templates_and_tests_share_their_names():
    features = {p.parent.name for p in (PROJECT / "app/web").glob("*/views.py")}
    assert features <= {p.name for p in (PROJECT / "app/templates").iterdir()}
    tested = {p.stem.removeprefix("test_") for p in (PROJECT / "tests/web").glob("test_*.py")}
    assert features <= tested


@pytest.mark.parametrize("path", sorted((PROJECT / "app/templates/components").glob("*.html")))
def test_every_component_says_what_it_is(path):
    assert path.read_text().startswith("{#-")


def test_every_setting_is_told_to_the_operator():
    told = (PROJECT / "docs/operations.md").read_text()
    names = [
        field.metadata["name"] for field in Settings.__dataclass_fields__.values() if field.metadata
    ]
    assert names
    assert [name for name in names if f"`{name}`" not in told] == []


def test_every_command_is_told_to_the_operator(app):
    told = (PROJECT / "docs/operations.md").read_text()
    ours = {group.name for group in GROUPS}
    commands = [
        f"flask {group} {command}"
        for group in sorted(ours)
        for command in app.cli.commands[group].commands
    ]
    assert commands
    assert [command for command in commands if f"`{command}" not in told] == []


def test_only_config_reads_the_environment():
    readers = [
        str(path)
        for path in OUR_PYTHON
        if path.parts[0] == "app" and "os.environ" in (PROJECT / path).read_text()
    ]
    assert readers == []


def test_markup_is_made_in_one_place_only():
    makers = {
        str(path)
        for path in OUR_PYTHON
        if path.parts[0] == "app" and re.search(r"\bMarkup\(", (PROJECT / path).read_text())
    }
    assert makers == {"app/formats/markdown.py"}
    unsafe = [
        path.name
        for path in (PROJECT / "app/templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape", path.read_text())
    ]
    assert unsafe == []


def test_the_tour_names_only_what_is_there():
    tour = (PROJECT / "docs/tour.md").read_text()
    named = set(re.findall(r"`((?:app|content|scripts|tests|docs|migrations)/[\w./-]+)`", tour))
    assert named
    assert [name for name in sorted(named) if not (PROJECT / name).exists()] == []


def test_the_tour_names_functions_where_they_are():
    tour = " ".join((PROJECT / "docs/tour.md").read_text().split())
    named = re.findall(r"`(app/[\w/]+\.py)`, `([\w.]+)`(?: and `(\w+)`)?", tour)
    pairs = [(path, name) for path, *names in named for name in names if name]
    assert len(pairs) > 20
    assert [pair for pair in pairs if pair[1].rpartition(".")[2] not in _defined_in(pair[0])] == []


def _defined_in(path):
    nodes = ast.walk(ast.parse((PROJECT / path).read_text()))
    return {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}


def test_links_between_our_documents_lead_somewhere():
    pages = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []
