"""What can be told about a file that is taken in: where, what is the matter, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem keeps the file out."""

    REFUSED = "refused"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to tell about a file."""

    sentence: str
    severity: Severity = Severity.REFUSED
    line: int = 1  # counts from 1
    key: str = ""  # the front-matter key that it is about
