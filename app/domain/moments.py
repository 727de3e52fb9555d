"""The present moment, as everybody here keeps it, and the day that it falls on in Scotland."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SCOTLAND = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """Return the present moment, in UTC, with its time zone."""
    return datetime.now(UTC)


def day_in_scotland(moment: datetime) -> date:
    """Return the day that people here say a moment falls on; in summer UTC is an hour behind."""
    return moment.astimezone(SCOTLAND).date()
