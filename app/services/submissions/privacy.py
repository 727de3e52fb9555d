"""What may identify a person, and is not answered yet; a first, small look."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models.resources import Revision
from app.services.submissions.draft_fields import fields_of

_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE = re.compile(r"(?<!\d)(?:\+44\s?|0)7\d{3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)")
_WHY = (
    (_E_MAIL, "An e-mail address: give a role and the school instead."),
    (_MOBILE, "A mobile telephone number: give a role and the school instead."),
)


@dataclass(frozen=True)
class Finding:
    """Words that may identify somebody, in which field, and why."""

    field: str
    words: str
    why: str


def find_open_risks(session: Session, revision: Revision) -> tuple[Finding, ...]:
    """Return what must be changed before submission, in the order of the form."""
    return tuple(
        Finding(name, found[0], why)
        for name, value in fields_of(revision).items()
        for text in ([value] if isinstance(value, str) else value)
        for pattern, why in _WHY
        for found in pattern.finditer(text)
    )
