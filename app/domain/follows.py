"""What can be followed, how often a digest comes and when, and why something stands in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, urlencode

from app.domain.errors import InvalidInput
from app.domain.facets import BY_NAME
from app.domain.moments import SCOTLAND
from app.domain.search import LONGEST_PLAIN, LONGEST_QUERY, MOST_PLAIN, MOST_VALUES
from app.domain.working_days import WEEKEND

LONGEST_KEY = 400  # characters, as its column
MOST_FOLLOWS = 100  # to one person
KEPT_DAYS = 90  # of what somebody read
# What was published so lately may not stand in the index yet: it waits for the next digest.
SETTLES = timedelta(minutes=10)
MOST_REASONS = 3  # named for one thing; the others are counted


class FollowKind(StrEnum):
    """What can be followed."""

    THEME = "theme"
    TAG = "tag"
    REGION = "region"
    AUTHORITY = "authority"
    SCHOOL = "school"
    COLLECTION = "collection"
    SEARCH = "search"

    @property
    def label(self) -> str:
        """What people call it."""
        return self.value.capitalize()


class Rhythm(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"

    @property
    def about(self) -> str:
        """When it comes, in words."""
        return {
            Rhythm.DAILY: "Every working day, in the morning",
            Rhythm.WEEKLY: "Once a week, on Monday morning",
            Rhythm.NEVER: "Never",
        }[self]


@dataclass(frozen=True)
class SavedSearch:
    """A search as it is followed: what was asked for, without how it was shown."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    is_exact: bool = False

    @classmethod
    def read(cls, query: str) -> Self:
        """Read the part of a search page's address behind the question mark.

        Raises:
            InvalidInput: it asks for nothing, or for too much to be followed.
        """
        try:
            given = parse_qs(
                re.sub("%00|\0", "", query.lstrip("?")), max_num_fields=2 * MOST_VALUES
            )
        except ValueError:
            raise InvalidInput("This search has too many filters to be followed.") from None
        facets = {
            name: tuple(sorted(set(given[name])))[:MOST_VALUES] for name in BY_NAME if name in given
        }
        plain = tuple(dict.fromkeys(" ".join(one.split()) for one in given.get("plain", ())))
        found = cls(
            words=" ".join(given.get("q", [""])[0].split())[:LONGEST_QUERY],
            facets=facets,
            plain=tuple(one for one in plain if one and len(one) <= LONGEST_PLAIN)[:MOST_PLAIN],
            is_exact=given.get("exact") == ["1"],
        )
        if not (found.words or found.facets):
            raise InvalidInput("Search for something or choose a filter first, then follow that.")
        if len(found.key) > LONGEST_KEY:
            raise InvalidInput(
                "This search is too long to be followed: use fewer words or filters."
            )
        return found

    @property
    def key(self) -> str:
        """The same search as an address, always in the same order."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [("plain", one) for one in self.plain]
        pairs += [(name, code) for name, codes in self.facets.items() for code in codes]
        return urlencode(pairs + ([("exact", "1")] if self.is_exact else []))


def last_moment(rhythm: Rhythm, now: datetime, hour: int) -> datetime:
    """Return the latest moment, not after now, at which digests of this rhythm were due.

    `hour` is of Scotland's clock, from 0 to 23: on Mondays, or from Monday to Friday.
    """
    here = now.astimezone(SCOTLAND)
    due = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    while due > here or due.weekday() > (0 if rhythm is Rhythm.WEEKLY else WEEKEND - 1):
        due -= timedelta(days=1)
    return due


def because(labels: Iterable[str]) -> str:
    """Return why something stands in a digest: because you follow Numeracy and Tayside."""
    named = list(dict.fromkeys(labels))
    shown, more = named[:MOST_REASONS], len(named) - MOST_REASONS
    if more > 0:
        return f"because you follow {', '.join(shown)} and {more} more"
    start, last = ", ".join(shown[:-1]), shown[-1]
    return f"because you follow {start} and {last}" if start else f"because you follow {last}"
