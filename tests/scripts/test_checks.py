import sys

from scripts.setup import checks
from scripts.setup.checks import Check, Verdict
from scripts.setup.parts import Part, gather
from scripts.setup.steps import StepFailed


def ending_with(status):
    return Check("tests", (sys.executable, "-c", f"print('7 passed'); exit({status})"))


def test_a_check_passes_by_its_exit_status(steps):
    assert checks.run(steps, ending_with(0), {}).passed
    assert not checks.run(steps, ending_with(5), {}).passed, "no test at all is not green"


def test_the_closing_line_of_each_check_is_seen_again_in_the_summary(steps, printed):
    verdict = checks.run(steps, ending_with(0), {})
    checks.tell_summary(steps, [verdict, Verdict("mypy", False, 1.0, "Found 1 error")])
    summary = printed.getvalue().split("=== summary")[1].splitlines()
    assert summary[1].startswith("  ✓ tests")
    assert summary[1].endswith("7 passed")
    assert summary[2].startswith("  ✗ mypy")
    assert summary[-1] == "Not green: mypy."


def test_tests_never_meet_the_settings_of_a_real_library(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://records")
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setenv("KEPT", "yes")
    told = checks.environment_for_tests({"TEST_AXE": tmp_path})
    assert not {"DATABASE_URL", "SECRET_KEY", "CONTENT_DIR"} & told.keys()
    assert told["KEPT"] == "yes"
    assert told["TEST_AXE"] == str(tmp_path)


def test_a_part_that_is_missing_is_told_and_counts_as_failed(steps, printed):
    def missing(_):
        raise StepFailed("Chromium is missing.", "sudo apt-get install chromium")

    gathered = gather(steps, [], {"browser": Part(missing, ending_with(0))})
    assert gathered.due == []
    assert [verdict.passed for verdict in gathered.missing] == [False]
    assert "sudo apt-get install chromium" in printed.getvalue()


def test_a_part_chosen_away_is_named_and_not_looked_for(steps, printed):
    def explode(_):
        raise AssertionError("nobody asked for it")

    gathered = gather(steps, ["browser"], {"browser": Part(explode, ending_with(0))})
    assert gathered.due == gathered.missing == []
    assert "left out, since --without browser was given" in printed.getvalue()


def test_a_part_that_was_got_is_checked_and_its_place_is_told(steps, tmp_path):
    part = Part(lambda _: {"TEST_CHROMIUM": tmp_path}, ending_with(0))
    gathered = gather(steps, [], {"browser": part})
    assert gathered.due == [part.check]
    assert gathered.places == {"TEST_CHROMIUM": tmp_path}
