import pytest

from scripts.setup import machine
from scripts.setup.steps import StepFailed


def test_a_chromium_that_runs_is_found(programs):
    chromium = programs("google-chrome", "Google Chrome 156.0")
    assert machine.find_chromium() == chromium


def test_a_name_that_only_says_what_to_install_is_passed_over(programs):
    programs("chromium-browser", "Command requires the chromium snap", status=1)
    assert machine.find_chromium() is None


def test_the_newest_postgres_of_the_system_is_found(programs, tmp_path):
    for version in ("9.6", "15", "17"):
        for name in machine.POSTGRES_PROGRAMS:
            programs(name, f"{name} (PostgreSQL) {version}", into=tmp_path / version / "bin")
    assert machine.find_postgres(tmp_path) == tmp_path / "17/bin"


def test_a_lone_wrapper_is_not_a_server(programs, tmp_path):
    programs("initdb", "initdb (PostgreSQL) 15.1")
    programs("pg_ctl", "Error: no cluster", status=1)
    assert machine.find_postgres(tmp_path / "none") is None


def test_what_may_not_be_installed_is_told_with_the_line_that_would(programs, steps):
    with pytest.raises(StepFailed) as failure:
        machine.chromium(steps)
    assert "apt-get install -y --no-install-recommends chromium" in failure.value.advice
    assert "--without browser" in failure.value.advice


def test_what_draws_pdf_files_is_told_with_the_line_that_would_install_it(steps, monkeypatch):
    monkeypatch.setattr(machine, "PANGO_LIBRARIES", ("libnothing-of-the-kind.so.0",))
    monkeypatch.setattr(machine, "_may_install", lambda: False)
    assert machine.find_pango() is None
    with pytest.raises(StepFailed) as failure:
        machine.pango(steps)
    assert "libpango-1.0-0" in failure.value.advice
    assert "--without pdf" in failure.value.advice
