"""What the tests need from the machine itself, found or installed: Chromium, PostgreSQL, Pango."""

import ctypes
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .steps import StepFailed, Steps

Found = TypeVar("Found")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without one font of the system's own Chromium has nothing to fall back to.
CHROMIUM_PACKAGES = ("chromium", "fonts-liberation")
POSTGRES_PACKAGES = ("postgresql",)
POSTGRES_PROGRAMS = ("initdb", "pg_ctl", "postgres")
# Debian and Ubuntu keep the server's programs here, outside the PATH.
POSTGRES_HOMES = Path("/usr/lib/postgresql")
# What WeasyPrint draws PDF files with; no Python package brings it.
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
ANSWER_LIMIT_S = 30


def answers(program: str | Path, option: str) -> str:
    """Return what a program says to one option, or "" where it does not run."""
    try:
        said = subprocess.run(
            [program, option],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=ANSWER_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""


def find_chromium() -> Path | None:
    """Return a Chromium that runs; some of its names only say what to install."""
    found = filter(None, map(shutil.which, CHROMIUM_NAMES))
    return next((Path(p) for p in found if "Chrom" in answers(p, "--version")), None)


def find_postgres(homes: Path = POSTGRES_HOMES) -> Path | None:
    """Return the folder of a PostgreSQL server's programs, the newest of the system's first."""
    folders = sorted(homes.glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders += [Path(on_path).resolve().parent, Path(on_path).parent]
    return next((folder for folder in folders if _is_postgres(folder)), None)


def chromium(steps: Steps) -> Path:
    """Return Chromium, installing it where that may be done.

    Raises:
        StepFailed: it is missing and may not be installed; says the line that would.
    """
    return _found_or_installed(steps, "Chromium", find_chromium, CHROMIUM_PACKAGES, "browser")


def postgres(steps: Steps) -> Path:
    """Return the folder of PostgreSQL's programs, installing them where that may be done.

    Raises:
        StepFailed: they are missing and may not be installed; says the line that would.
    """
    return _found_or_installed(steps, "PostgreSQL", find_postgres, POSTGRES_PACKAGES, "postgres")


def find_pango() -> tuple[str, ...] | None:
    """Return the libraries that draw PDF files, where all of them can be loaded."""
    try:
        for name in PANGO_LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return None
    return PANGO_LIBRARIES


def pango(steps: Steps) -> tuple[str, ...]:
    """Return the libraries that draw PDF files, installing them where that may be done.

    Raises:
        StepFailed: they are missing and may not be installed; says the line that would.
    """
    return _found_or_installed(steps, "Pango", find_pango, PANGO_PACKAGES, "pdf")


def _found_or_installed(
    steps: Steps,
    name: str,
    find: Callable[[], Found | None],
    packages: tuple[str, ...],
    part: str,
) -> Found:
    found = find()
    if found:
        return found
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    advice = f"On Debian or Ubuntu: sudo {' '.join(install)}\nOr leave it out: --without {part}"
    with steps.step(name) as step:
        if not _may_install():
            raise StepFailed(f"{name} is missing, and may not be installed from here.", advice)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        step.run(["apt-get", "update"], advice=advice, environment=quiet)
        step.run(install, advice=advice, environment=quiet)
        found = find()
        if not found:
            raise StepFailed(f"{name} was installed but does not run.", advice)
        return found


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _is_postgres(folder: Path) -> bool:
    return all("PostgreSQL" in answers(folder / name, "--version") for name in POSTGRES_PROGRAMS)


def _version(folder: Path) -> int:
    number = re.search(r"\d+", folder.parent.name)
    return int(number[0]) if number else 0
