"""By when something is due, in working days."""

from datetime import UTC, datetime

import pytest

from app.domain.working_days import due_at


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (20, 1, 23),  # from Friday to Monday
        (20, 0, 20),
        (21, 1, 23),  # from Saturday
        (2, 10, 16),
    ],
)
def test_saturdays_and_sundays_do_not_count(day, days, due):
    at = datetime(2026, 11, day, 9, tzinfo=UTC)
    assert due_at(at, days) == datetime(2026, 11, due, 9, tzinfo=UTC)
