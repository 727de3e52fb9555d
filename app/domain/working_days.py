"""Working days: by when something is due; weekends, bank holidays and holidays do not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from app.domain.moments import day_in_scotland

WEEKEND = 5  # Saturday is day 5
MONDAY = 0
LONGEST_WAIT = 400  # days that are looked at: a calendar that closes everything ends somewhere
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """Days on which schools are closed, from the first to the last of them."""

    first: date
    last: date
    name: str
    unverified: str = ""  # why it is not to be relied on: "own knowledge"

    def holds(self, day: date) -> bool:
        """Say whether a day is one of its days."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """School holidays: those of all Scotland, and each authority's own by its code.

    Bank holidays need not be told.
    """

    everywhere: tuple[Holiday, ...] = ()
    by_authority: Mapping[str, tuple[Holiday, ...]] = field(default_factory=dict)
    has_bank_holidays: bool = True

    def is_working(self, day: date, authority: str | None = None) -> bool:
        """Say whether schools work on a day: those of an authority, or of all Scotland."""
        if day.weekday() >= WEEKEND:
            return False
        if self.has_bank_holidays and day in bank_holidays(day.year):
            return False
        own = self.by_authority.get(authority, ()) if authority else ()
        return not any(holiday.holds(day) for holiday in (*self.everywhere, *own))


NO_HOLIDAYS = Calendar(has_bank_holidays=False)  # from Monday to Friday, all year


def due_at(
    begun_at: datetime,
    days: int,
    calendar: Calendar = NO_HOLIDAYS,
    authority: str | None = None,
) -> datetime:
    """Return the moment by which something is due: so many working days later, at the same time."""
    due, left = begun_at, days
    for _ in range(LONGEST_WAIT + days):
        if left <= 0:
            break
        due += ONE_DAY
        left -= calendar.is_working(day_in_scotland(due), authority)
    return due


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """Return Scotland's bank holidays of a year, by day.

    Banking and Financial Dealings Act 1971, schedule 1, and St Andrew's Day Bank Holiday (Scotland)
    Act 2007. One that falls on a weekend moves to the next weekday that is none, as has been
    proclaimed each time. Those proclaimed for one year only stand in the calendar's file.
    """
    fixed = [
        (date(year, 1, 1), "New Year’s Day"),
        (date(year, 1, 2), "2 January"),
        (date(year, 11, 30), "St Andrew’s Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ]
    found = {
        _easter(year) - timedelta(days=2): "Good Friday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday_of_may(year): "Spring bank holiday",
        _first_monday(year, 8): "Summer bank holiday",
    } | {day: name for day, name in fixed if day.weekday() < WEEKEND}
    for day, name in fixed:
        if day.weekday() >= WEEKEND:
            substitute = next(d for d in _after(day) if d.weekday() < WEEKEND and d not in found)
            found[substitute] = f"{name} (substitute day)"
    return found


def _after(day: date) -> Iterator[date]:
    while True:
        day += ONE_DAY
        yield day


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    """Return Easter Sunday: the anonymous Gregorian algorithm (Meeus, Jones and Butcher)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moved + 15) % 30
    quarters, days = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarters - epact - days) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
