"""A command's steps, printed to where a test can read them."""

import io

import pytest

from scripts.setup.steps import Steps


@pytest.fixture
def printed():
    return io.StringIO()


@pytest.fixture
def steps(printed, tmp_path):
    return Steps(printed, notes=tmp_path / "notes")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Return a function that puts a program on a PATH that holds nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name, says="", status=0, into=folder):
        into.mkdir(parents=True, exist_ok=True)
        program = into / name
        program.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
        program.chmod(0o755)
        return program

    return put
