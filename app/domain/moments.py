"""The present moment, as everybody here keeps it."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment, in UTC, with its time zone."""
    return datetime.now(UTC)
