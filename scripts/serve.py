"""Set the library up on a bare machine and serve it: python3 scripts/serve.py [--once]."""

import argparse
import subprocess
import sys
from pathlib import Path

from setup import environment, front_end, server
from setup.library import FLASK, Library, settings_for_development
from setup.places import PROJECT
from setup.steps import StepFailed, Steps, run_told

WELCOME = """
The library is open: {address}/     (stop it with Ctrl-C)

  Try:  {address}/search?q=PEF          acronyms find their words
        {address}/search?q=numercy      and typos find theirs
        {address}/search?q=reading&region=tayside
        {address}/help                  the user guide

  Sign in at {address}/sign-in as one of these invented people, each with the
  password: good practice 2026

        teacher.angus@sample.example        writes about what worked
        headteacher.angus@sample.example    signs it off for the school
        lead.tayside@sample.example         reviews and publishes
        officer.angus@sample.example        reads, and invites for the authority
        reader@sample.example               reads across Scotland
        administrator@sample.example        keeps accounts and schools
"""
PLAIN_PAGES = "The pages stay plain until the front-end files can be brought. All else works."


def main() -> int:
    """Run the command; return its exit status."""
    options = _options()
    return run_told(lambda steps: _run(steps, options))


def _run(steps: Steps, options: argparse.Namespace) -> int:
    settings = settings_for_development()
    if not options.once:
        server.require_free(options.host, options.port)
    steps.tell("Good-practice library")
    with environment.alone(steps):
        environment.prepare(steps)
        _bring_front_end(steps)
        problem = Library(settings).prepare(steps)
    if problem:
        steps.tell_failure(problem)
    if options.once:
        return _search_once(steps) or int(problem is not None)
    address = server.address(options.host, options.port)
    server.serve(steps, options.host, options.port, WELCOME.format(address=address))
    return 0


def _bring_front_end(steps: Steps) -> None:
    """Bring the looks; without them every page still reads, so this is told and not fatal."""
    try:
        front_end.bring(steps)
    except StepFailed as failure:
        steps.tell_failure(failure)
        steps.tell(PLAIN_PAGES + "\n")


def _search_once(steps: Steps) -> int:
    steps.tell("\nA first search, for PEF:\n")
    command: list[str | Path] = [*FLASK, "search", "find", "PEF"]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Set up everything the library needs, load the sample library, and serve it.",
        epilog="What stands from last time is left alone, so a second start takes seconds.",
    )
    parser.add_argument(
        "--once", action="store_true", help="do all but serve, run one search, print its hits"
    )
    parser.add_argument("--port", type=int, default=5000, help="default: 5000")
    parser.add_argument(
        "--host", default="127.0.0.1", help="default: 127.0.0.1, reached from this machine only"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
