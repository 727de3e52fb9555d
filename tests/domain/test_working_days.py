"""By when something is due, in working days."""

from datetime import UTC, date, datetime

import pytest

from app.domain.working_days import Calendar, Holiday, bank_holidays, due_at


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


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # As gov.uk/bank-holidays has told them for Scotland.
        (2023, "01-02 01-03 04-07 05-01 05-29 08-07 11-30 12-25 12-26"),
        (2026, "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28"),
        (2027, "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28"),
    ],
)
def test_bank_holidays_follow_from_the_law(year, days):
    assert " ".join(f"{day:%m-%d}" for day in sorted(bank_holidays(year))) == days


def test_bank_holidays_and_holidays_of_the_authority_do_not_count():
    asked = datetime(2026, 11, 27, 9, tzinfo=UTC)  # Friday, before St Andrew's Day
    snow = Holiday(date(2026, 12, 2), date(2026, 12, 3), "Snow")
    calendar = Calendar(by_authority={"angus": (snow,)})
    assert due_at(asked, 2).day == 1, "without a calendar only weekends are known"
    assert due_at(asked, 2, calendar, "fife").day == 2
    assert due_at(asked, 2, calendar, "angus").day == 4


def test_a_calendar_that_closes_everything_ends_somewhere():
    always = Calendar(everywhere=(Holiday(date(2000, 1, 1), date(2100, 1, 1), "Never"),))
    assert due_at(datetime(2026, 11, 27, tzinfo=UTC), 5, always).year < 2030
