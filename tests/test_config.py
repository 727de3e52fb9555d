"""Settings: read once, checked, and told plainly when wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import PROJECT_DIR, Settings, SettingsError

SECRET = "a-secret-of-our-own-that-is-long-enough"


def test_nothing_set_gives_the_defaults():
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert settings.content_dir == PROJECT_DIR / "content"
    assert settings.database_url == f"sqlite:///{PROJECT_DIR}/instance/library.sqlite"


def test_what_is_set_is_taken_in_its_type():
    settings = Settings.from_environment({"CONTENT_DIR": "/srv/library", "FILE_LIMIT_MB": "5"})
    assert settings.content_dir == Path("/srv/library")
    assert settings.file_limit_mb == 5


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FILE_LIMIT_MB", "much", "FILE_LIMIT_MB must be a whole number, 0 or more, not “much”"),
        ("REQUEST_LIMIT_KB", "-1", "REQUEST_LIMIT_KB must be a whole number, 0 or more, not “-1”"),
        ("CONTENT_DIR", "~nobody-at-all/x", "CONTENT_DIR must be a folder"),
        ("PUBLIC_URL", "library.example", "PUBLIC_URL must be an address such as https://"),
        ("PUBLIC_URL", "https://library.example/path", "PUBLIC_URL must be an address such as"),
        ("ENVIRONMENT", "staging", "ENVIRONMENT must be development or production"),
        ("SEARCH_ENGINE", "lucene", "SEARCH_ENGINE must be whoosh or memory"),
        ("FOLLOWER", "process", "FOLLOWER must be thread or none"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL must be DEBUG or INFO"),
    ],
)
def test_a_wrong_value_is_told_with_its_name(name, value, said):
    with pytest.raises(SettingsError, match=said):
        Settings.from_environment({name: value})


@pytest.mark.parametrize("secret", [{}, {"SECRET_KEY": "short"}])
def test_production_refuses_to_start_with_a_weak_secret(secret):
    with pytest.raises(SettingsError, match="SECRET_KEY must be set"):
        Settings.from_environment({"ENVIRONMENT": "production", **secret})


def test_production_starts_with_a_secret_of_its_own():
    settings = Settings.from_environment({"ENVIRONMENT": "production", "SECRET_KEY": SECRET})
    assert settings.is_production


def test_the_public_url_is_taken_without_its_last_stroke():
    settings = Settings.from_environment({"PUBLIC_URL": "https://Library.example:8443/"})
    assert settings.public_url == "https://library.example:8443"


def test_a_setting_that_cannot_be_used_is_told_in_one_sentence():
    for name, value in (("FOLLOWER", "x"), ("DATABASE_URL", "x"), ("TAXONOMY_DIR", "/nowhere")):
        told = subprocess.run(
            [sys.executable, "-c", "import wsgi"],
            cwd=PROJECT_DIR,
            env={**os.environ, name: value},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 4
        assert name in told.stderr
        assert told.stderr.count("\n") == 1
