"""Say on what machine, with what versions, the figures were taken."""

import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = ("Whoosh", "numpy", "rapidfuzz", "tantivy", "Flask", "SQLAlchemy", "gunicorn")


def machine() -> dict[str, str]:
    """Return the machine and the versions, ready to print."""
    gib = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "processor": f"{psutil.cpu_count()} cores, {_processor()}",
        "memory": f"{gib:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "packages": f"{versions}, SQLite {sqlite3.sqlite_version}",
        "load before": f"{psutil.getloadavg()[0]:.1f}",
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
