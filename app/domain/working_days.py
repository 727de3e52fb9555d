"""Working days, from Monday to Friday: by when something is due."""

from datetime import datetime, timedelta

WEEKEND = 5  # Saturday is day 5


def due_at(submitted_at: datetime, days: int) -> datetime:
    """Return the moment by which a review is due: so many working days (Monday to Friday) later."""
    due, left = submitted_at, days
    while left > 0:
        due += timedelta(days=1)
        left -= due.weekday() < WEEKEND
    return due
