"""Everything that can go wrong, as one family.

ServiceError
  NotFound           the thing is not there, or this actor may not know it is
  NotAllowed         the actor's role does not reach this far
  Withdrawn          the thing was here, and was taken back
  LinkOver           the secret link was good once, and is not any more
  NotSignedIn        a program's token does not count, or not any more
  TooManyTries       too many wrong passwords: wait
  WrongState         the workflow has no such step from here
  InvalidInput       the words or the file cannot be accepted
    TooLarge         the file is over its limit
  SearchUnavailable  the index cannot answer now
  AlreadyRunning     another process holds the one place there is
  DatabaseBehind     the database waits for migrations
  DatabaseAway       the database cannot be reached or read now
  PdfAway            no PDF file can be drawn now
  MailAway           no letter can be handed over now
  LetterPutOff       this letter is not taken now; others may be
  LetterRefused      this letter will never be taken
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.people import Actor


class ServiceError(Exception):
    """Base of every error that a person may be told about; its text is for that person."""

    @property
    def more(self) -> Mapping[str, object]:
        """What a program reads besides the sentence: plain values by their names."""
        return {}


class NotFound(ServiceError):
    """The thing is not there, or this actor may not know that it is."""


class Withdrawn(ServiceError):
    """The thing was here, and was taken back; the sentence says when and why."""


class LinkOver(ServiceError):
    """The secret link was good once: it expired, was revoked or was used up."""


class NotAllowed(ServiceError):
    """The actor's role does not reach this far; who tried what goes on record."""

    def __init__(self, sentence: str, actor: "Actor | None" = None, action: str = "") -> None:
        super().__init__(sentence)
        self.actor = actor
        self.action = action


class NotSignedIn(ServiceError):
    """What was shown to say who asks does not count, or not any more."""


class TooManyTries(ServiceError):
    """There were too many wrong passwords; `wait_s` is how many seconds to wait."""

    def __init__(self, sentence: str, wait_s: int = 60) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class WrongState(ServiceError):
    """The workflow has no such step from here."""


class InvalidInput(ServiceError):
    """The words or the file cannot be accepted."""


class TooLarge(InvalidInput):
    """The file is over its limit."""


class SearchUnavailable(ServiceError):
    """The index cannot answer now; it heals by itself."""


class AlreadyRunning(ServiceError):
    """Another process holds the one place there is."""


class DatabaseBehind(ServiceError):
    """The database waits for migrations."""


class DatabaseAway(ServiceError):
    """The database cannot be reached or read now."""


class PdfAway(ServiceError):
    """No PDF file can be drawn now; the sentence says what to do instead."""


class MailAway(ServiceError):
    """No letter can be handed over now."""


class LetterPutOff(ServiceError):
    """This letter is not taken now; others may be."""


class LetterRefused(ServiceError):
    """This letter will never be taken."""
