"""Install what the tests need and run every check: python3 scripts/test.py [--without PART]."""

import argparse
import sys
from pathlib import Path

from setup import checks, environment, front_end, machine
from setup.checks import Check, Verdict
from setup.steps import StepFailed, Steps


def _browser(steps: Steps) -> dict[str, Path]:
    front_end.bring(steps, developer=True)
    return {"TEST_CHROMIUM": machine.chromium(steps), "TEST_AXE": front_end.AXE}


def _postgres(steps: Steps) -> dict[str, Path]:
    return {"TEST_POSTGRES_BIN": machine.postgres(steps)}


# A part that may be left out → how to get it (where it is, by the tests' variables), and its check.
PARTS = {
    "postgres": (_postgres, checks.POSTGRES_CHECK),
    "browser": (_browser, checks.BROWSER_CHECK),
}


def main() -> int:
    """Run the command; return its exit status."""
    without = set(_options().without)
    steps = Steps()
    steps.tell("Good-practice library: what the tests need")
    try:
        with environment.alone(steps):
            environment.prepare(steps, developer=True)
            places, due, missing = _parts(steps, without)
        told = checks.environment_for_tests(places)
        verdicts = [checks.run(steps, check, told) for check in (*checks.CHECKS, *due)]
    except StepFailed as failure:
        steps.tell_failure(failure)
        return 1
    except KeyboardInterrupt:
        steps.tell("\nStopped.")
        return 1
    checks.tell_summary(steps, [*verdicts, *missing])
    return int(not all(verdict.passed for verdict in (*verdicts, *missing)))


def _parts(steps: Steps, without: set[str]) -> tuple[dict[str, Path], list[Check], list[Verdict]]:
    """Get each part that was not chosen away: where it is, its checks, and what is missing.

    A missing part is told at once and counts as failed, but keeps nothing else from running.
    """
    places: dict[str, Path] = {}
    due: list[Check] = []
    missing: list[Verdict] = []
    for part, (get, check) in PARTS.items():
        if part in without:
            steps.tell(f"  – {check.name}: left out, since --without {part} was given")
            continue
        try:
            places |= get(steps)
            due.append(check)
        except StepFailed as failure:
            steps.tell_failure(failure)
            missing.append(Verdict(check.name, False, 0.0, failure.matter))
    return places, due, missing


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Install what the tests need, run every check.")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=sorted(PARTS),
        help="leave out what this machine cannot have; may be given twice",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
