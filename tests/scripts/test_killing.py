"""A killed writer harms nothing: a few kills of each kind; scripts/kill.py tries many."""

import logging

import pytest

from app.search.engines.memory_engine import MemoryEngine
from scripts.killing.child import measured, run_killed
from scripts.killing.library import QUESTIONS, changed, made, mismatch
from scripts.killing.trial import TAXONOMY, phases, try_phase

KILLS, DOCUMENTS, SEED = 4, 48, 2


@pytest.mark.parametrize("number", range(4), ids=["update", "merge", "rebuild", "arrays"])
def test_after_a_kill_searching_is_right_at_once(tmp_path, number, caplog):
    caplog.set_level(logging.CRITICAL)
    phase = list(phases(tmp_path, DOCUMENTS, SEED))[number]
    findings = try_phase(phase, KILLS, SEED, lambda _: None)
    assert findings.faults == []
    assert findings.kills == findings.before + findings.after == KILLS
    assert findings.steps > 10


# The trial itself


def test_a_child_is_killed_just_before_the_step_that_was_named(tmp_path):
    def work():
        for name in "abc":
            (tmp_path / name).write_text(name)

    steps, took_s = measured(tmp_path, lambda: work)
    assert (steps, took_s > 0) == (3, True)
    for name in "abc":
        (tmp_path / name).unlink()
    assert run_killed(tmp_path, lambda: work, 3, 0.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert not run_killed(tmp_path, lambda: work, 4, 0.0), "there are but three"


def test_work_that_fails_by_itself_is_no_kill(tmp_path, capfd):
    with pytest.raises(RuntimeError, match="failed before it was killed"):
        run_killed(tmp_path, lambda: lambda: 1 / 0, 1, 0.0)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_answers_of_between_are_noticed():
    before = made(DOCUMENTS, SEED)
    after = changed(before, SEED)
    engine = MemoryEngine(TAXONOMY)
    engine.rebuild(before.documents.values())
    assert list(mismatch(engine, before)) == []
    assert all(before.answers[question].ids for question in QUESTIONS if question != "nowhere")
    engine.write([], removed=before.documents.keys() - after.documents.keys())
    assert "the fingerprints are others" in list(mismatch(engine, before))
    assert len(list(mismatch(engine, after))) > 1
