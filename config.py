"""Every setting the product has: its name, its type, its default, its unit.

This is the only module that reads the environment. `docs/operations.md` tells
each setting to the person who runs the product; a test holds the two together.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

PROJECT_DIR = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "only-for-development"  # noqa: S105 - refused in production
SHORTEST_SECRET = 32  # characters
LAST_HOUR = 23
ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?/?", re.IGNORECASE)

SENDER = re.compile(
    r"[^\s@<>]+@[A-Za-z0-9.-]+|[^<>@\"\\\x00-\x1f\x7f]{1,80} <[^\s@<>]+@[A-Za-z0-9.-]+>"
)


class SettingsError(ValueError):
    """A setting cannot be used; the message says which and what to do."""


def _whole_number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def _folder(text: str) -> Path:
    return PROJECT_DIR / Path(text).expanduser()


def _origin(text: str) -> str:
    if not ORIGIN.fullmatch(text):
        raise ValueError
    return text.rstrip("/").lower()


def _sender(text: str) -> str:
    if not SENDER.fullmatch(text):
        raise ValueError
    return text


# What each kind of value must be, for the sentence that refuses another.
KINDS: Mapping[Callable[[str], Any], str] = {
    _whole_number: "a whole number, 0 or more",
    _folder: "a folder whose name can be understood",
    _sender: "a mail address, alone or after a name: Library <library@council.example>",
    _origin: "an address such as https://library.example, without a path",
}


def _setting(name: str, default: Any, about: str, read: Callable[[str], Any] = str) -> Any:
    """Declare one setting: its environment variable, its default, what it is for."""
    return field(default=default, metadata={"name": name, "about": about, "read": read})


@dataclass(frozen=True)
class Settings:
    """Settings for one running copy of the app. Relative paths start at the project folder."""

    environment: str = _setting("ENVIRONMENT", "development", "development or production")
    secret_key: str = _setting(
        "SECRET_KEY", DEVELOPMENT_SECRET, "signs cookies; in production 32 characters or more"
    )
    database_url: str = _setting(
        "DATABASE_URL", "sqlite:///instance/library.sqlite", "where the record is kept"
    )
    content_dir: Path = _setting(
        "CONTENT_DIR", PROJECT_DIR / "content", "the library as Markdown files", _folder
    )
    sample_submissions_dir: Path = _setting(
        "SAMPLE_SUBMISSIONS_DIR",
        PROJECT_DIR / "content/sample-submissions",
        "invented drafts with their stories, for development",
        _folder,
    )
    taxonomy_dir: Path = _setting(
        "TAXONOMY_DIR", PROJECT_DIR / "content/taxonomy", "the vocabularies as YAML files", _folder
    )
    calendar_dir: Path = _setting(
        "CALENDAR_DIR", PROJECT_DIR / "content/calendar", "school holidays as a YAML file", _folder
    )
    index_dir: Path = _setting(
        "INDEX_DIR", PROJECT_DIR / "index", "the search index; private, disposable", _folder
    )
    search_engine: str = _setting("SEARCH_ENGINE", "whoosh", "whoosh or memory")
    follower: str = _setting(
        "FOLLOWER", "thread", "thread: follow in the server process; none: run flask index follow"
    )
    log_level: str = _setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR")
    public_url: str = _setting(
        "PUBLIC_URL",
        "",
        "where people reach the library, such as https://library.example; begins every full link",
        _origin,
    )
    trusted_proxies: int = _setting(
        "TRUSTED_PROXIES", 0, "reverse proxies in front whose headers are believed", _whole_number
    )
    rate_limit_per_minute: int = _setting(
        "RATE_LIMIT_PER_MINUTE",
        3000,
        "requests one address may make in a minute; 0: no limit. Held in production only",
        _whole_number,
    )
    request_limit_kb: int = _setting(
        "REQUEST_LIMIT_KB", 256, "largest request body, in KiB", _whole_number
    )
    file_limit_mb: int = _setting(
        "FILE_LIMIT_MB", 2, "largest Markdown file taken in, in MiB", _whole_number
    )
    picture_limit_mb: int = _setting(
        "PICTURE_LIMIT_MB", 2, "largest picture taken in, in MiB", _whole_number
    )
    attachment_limit_mb: int = _setting(
        "ATTACHMENT_LIMIT_MB", 20, "largest file offered for download, in MiB", _whole_number
    )
    submission_limit_mb: int = _setting(
        "SUBMISSION_LIMIT_MB",
        20,
        "largest Word, PDF or Markdown file taken in, in MiB",
        _whole_number,
    )
    session_idle_minutes: int = _setting(
        "SESSION_IDLE_MINUTES", 120, "somebody not seen for so long is signed out", _whole_number
    )
    session_hours: int = _setting(
        "SESSION_HOURS", 12, "after so many hours everybody signs in again", _whole_number
    )
    smtp_host: str = _setting(
        "SMTP_HOST", "", "the mail server; none: a folder in development, no mail in production"
    )
    smtp_port: int = _setting("SMTP_PORT", 587, "the mail server’s port", _whole_number)
    smtp_user: str = _setting("SMTP_USER", "", "signs in at the mail server; none: no sign-in")
    smtp_password: str = _setting("SMTP_PASSWORD", "", "signs in at the mail server")
    smtp_security: str = _setting("SMTP_SECURITY", "starttls", "starttls, ssl or none")
    mail_from: str = _setting(
        "MAIL_FROM",
        "Good Practice Library <library@localhost>",
        "whom mails come from: an address, or a name with an address in angle brackets",
        _sender,
    )
    mail_folder: Path = _setting(
        "MAIL_FOLDER",
        PROJECT_DIR / "instance/mail",
        "mails as files, in development without SMTP_HOST",
        _folder,
    )
    review_due_days: int = _setting(
        "REVIEW_DUE_DAYS", 10, "working days that a review may take", _whole_number
    )
    question_due_days: int = _setting(
        "QUESTION_DUE_DAYS",
        5,
        "working days after which an unanswered question is on the lead’s list",
        _whole_number,
    )
    digest_hour: int = _setting(
        "DIGEST_HOUR", 7, "the hour of Scotland’s clock at which digests are made", _whole_number
    )
    digest_rhythm: str = _setting(
        "DIGEST_RHYTHM", "weekly", "how often a digest comes to those who have not chosen"
    )
    testing: bool = False

    def __post_init__(self) -> None:
        self._check_choices()
        if self.digest_hour > LAST_HOUR:
            raise SettingsError(f"DIGEST_HOUR must be from 0 to 23, not “{self.digest_hour}”.")
        if self.is_production:
            self._check_secret()
        object.__setattr__(self, "database_url", _from_the_project(self.database_url))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from the environment, keeping the defaults.

        Raises:
            SettingsError: a value is not of its kind, or production has a weak secret.
        """
        given = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for attribute, setting in cls.__dataclass_fields__.items():
            name = setting.metadata.get("name")
            if name and given.get(name):
                try:
                    values[attribute] = setting.metadata["read"](given[name])
                except (ValueError, RuntimeError):  # RuntimeError: there is no such home folder
                    kind = KINDS[setting.metadata["read"]]
                    raise SettingsError(f"{name} must be {kind}, not “{given[name]}”.") from None
        return cls(**values)

    def as_environment(self) -> dict[str, str]:
        """Return the environment in which a process of ours would read these same settings."""
        told = {
            setting.metadata["name"]: str(getattr(self, attribute))
            for attribute, setting in self.__dataclass_fields__.items()
            if setting.metadata
        }
        return os.environ | told

    @property
    def is_production(self) -> bool:
        """Whether real people meet this copy."""
        return self.environment == "production"

    def _check_choices(self) -> None:
        choices = {
            "ENVIRONMENT": (self.environment, ("development", "production")),
            "SEARCH_ENGINE": (self.search_engine, ("whoosh", "memory")),
            "FOLLOWER": (self.follower, ("thread", "none")),
            "SMTP_SECURITY": (self.smtp_security, ("starttls", "ssl", "none")),
            "DIGEST_RHYTHM": (self.digest_rhythm, ("daily", "weekly", "never")),
            "LOG_LEVEL": (self.log_level, ("DEBUG", "INFO", "WARNING", "ERROR")),
        }
        for name, (value, allowed) in choices.items():
            if value not in allowed:
                raise SettingsError(f"{name} must be {' or '.join(allowed)}, not “{value}”.")

    def _check_secret(self) -> None:
        if self.secret_key == DEVELOPMENT_SECRET or len(self.secret_key) < SHORTEST_SECRET:
            raise SettingsError(
                "In production SECRET_KEY must be set to a secret of your own, 32 characters or "
                'more. Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )


def _from_the_project(url: str) -> str:
    """Return the URL with a relative SQLite path made to start at the project folder."""
    prefix = "sqlite:///"
    path = url.removeprefix(prefix)
    if not url.startswith(prefix) or path in ("", ":memory:") or Path(path).is_absolute():
        return url
    return prefix + str(PROJECT_DIR / path)
