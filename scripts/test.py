"""Install what the tests need and run every check: python3 scripts/test.py [--without PART]."""

import argparse
import sys

from setup import checks, environment, parts
from setup.steps import Steps, run_told


def main() -> int:
    """Run the command; return its exit status."""
    options = _options()
    return run_told(lambda steps: _run(steps, options.without))


def _run(steps: Steps, without: list[str]) -> int:
    steps.tell("Good-practice library: what the tests need")
    with environment.alone(steps):
        environment.prepare(steps, developer=True)
        gathered = parts.gather(steps, without)
    variables = checks.environment_for_tests(gathered.places)
    due = [*checks.CHECKS, *gathered.due]
    verdicts = [checks.run(steps, check, variables) for check in due] + gathered.missing
    checks.tell_summary(steps, verdicts)
    return int(not all(verdict.passed for verdict in verdicts))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Install what the tests need, run every check.")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=sorted(parts.PARTS),
        help="leave out what this machine cannot have; may be given twice",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
