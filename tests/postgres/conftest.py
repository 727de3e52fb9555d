"""A PostgreSQL server of our own, in a temporary folder, for one run of the tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

WAIT_S = "30"


def _programs():
    """Return the folder of PostgreSQL's programs: what scripts/test.py found, or what is here."""
    told = os.environ.get("TEST_POSTGRES_BIN")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    folder = Path(told) if told else debian[-1] if debian else on_path and Path(on_path).parent
    assert folder, "PostgreSQL is missing: run python3 scripts/test.py"
    return folder


def _run(command, as_postgres):
    # PostgreSQL refuses to run as root.
    who = {"user": "postgres", "group": "postgres", "extra_groups": []} if as_postgres else {}
    subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=60, **who)


@pytest.fixture(scope="session")
def folder():
    """A folder that no other run of the tests shuts: pytest makes its own private at every start,
    and the server, which does not run as root, would lose its data."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres(folder):
    """The address of an empty PostgreSQL server, without its database."""
    programs, is_root = _programs(), os.geteuid() == 0
    if is_root:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-U", "library", "-A", "trust", "-E", "UTF8"], is_root)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    control = [programs / "pg_ctl", "-D", data, "-w", "-t", WAIT_S, "-l", folder / "log"]
    _run([*control, "-o", options, "start"], is_root)
    yield f"postgresql+psycopg://library@127.0.0.1:{port}"
    _run([*control, "-m", "immediate", "stop"], is_root)


@pytest.fixture
def database_url(postgres):
    """The address of an empty database of its own."""
    from sqlalchemy import create_engine, text

    name = f"library_{os.urandom(4).hex()}"
    server = create_engine(f"{postgres}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    return f"{postgres}/{name}"
