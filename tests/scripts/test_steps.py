import os
import signal
import sys

import pytest

from scripts.setup.steps import StepFailed, run_told


def test_a_step_ends_with_a_mark_and_its_time(steps, printed):
    with steps.step("Python packages"):
        pass
    line = printed.getvalue()
    assert line.startswith("  ✓ Python packages")
    assert line.endswith(" s\n")


def test_a_failed_tool_shows_its_last_words_and_what_to_do(steps, printed):
    noisy = "import sys; [print('line', n) for n in range(100)]; sys.exit(3)"

    def body(steps):
        with steps.step("Front-end files") as step:
            step.run([sys.executable, "-c", noisy], advice="Look at the proxy.")
        return 0

    assert run_told(body, steps) == 1
    told = printed.getvalue()
    assert "  ✗ Front-end files" in told
    assert "    | line 99\n" in told
    assert "line 69\n" not in told, "thirty lines are enough"
    assert "“Front-end files” failed (status 3)." in told
    assert "Look at the proxy." in told


def test_all_that_a_tool_said_is_kept_in_a_log(steps):
    with steps.step("Node.js, for the copy") as step:
        step.run([sys.executable, "-c", "print('kept')"], advice="")
    assert (steps.notes / "node-js-for-the-copy.log").read_text() == "kept\n"


def test_a_tool_that_is_missing_is_a_failed_step(steps):
    with (
        pytest.raises(StepFailed, match="no-such-tool cannot be started: No such file"),
        steps.step("Tool") as step,
    ):
        step.run(["no-such-tool"], advice="Install it.")


def test_what_cannot_be_written_is_told_in_a_sentence(steps, printed):
    def body(_):
        raise PermissionError(13, "Permission denied", "instance")

    assert run_told(body, steps) == 1
    assert "Permission denied: 'instance'" in printed.getvalue()
    assert "may you write to this folder?" in printed.getvalue()


def test_a_request_to_end_leaves_no_tool_behind(steps, printed, tmp_path):
    alive = tmp_path / "alive"
    slow = f"import pathlib, time; pathlib.Path({str(alive)!r}).touch(); time.sleep(30)"

    def end_us(_):
        if alive.exists():
            os.kill(os.getpid(), signal.SIGTERM)
        return ""

    def body(steps):
        with steps.step("Slow") as step:
            step.run([sys.executable, "-c", slow], advice="", progress=end_us)
        return 0

    assert run_told(body, steps) == 1
    assert "Stopped. The same command goes on from here." in printed.getvalue()
