"""Let a vocabulary's file be written last before a commit, and taken back without it."""

import logging

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.errors import WrongState
from app.formats.vocabulary_turns import Turn

log = logging.getLogger(__name__)


def write_with_commit(session: Session, turn: Turn) -> None:
    """Write the file when this session commits; a commit that fails leaves it as it was.

    The commit raises WrongState where the file cannot be written.
    """
    hooks = _Hooks(turn)
    event.listen(session, "before_commit", hooks.before_commit)
    event.listen(session, "after_commit", hooks.after_commit)
    event.listen(session, "after_rollback", hooks.after_rollback)


class _Hooks:
    """What happens to one file around one commit, once."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._is_begun = False
        self._is_over = False

    def before_commit(self, _: Session) -> None:
        if self._is_over or self._is_begun:
            return
        self._is_begun = True
        try:
            self._turn.begin()
        except OSError as hindrance:
            log.warning("a vocabulary cannot be written: %s", hindrance)
            raise WrongState(
                f"The file {self._turn.file} cannot be written by this server "
                f"({hindrance.strerror or hindrance}). Nothing was changed. Whoever runs the "
                "server can open the folder, or change the file by hand."
            ) from None

    def after_commit(self, _: Session) -> None:
        if self._is_begun and not self._is_over:
            self._turn.finish()
        self._is_over = True

    def after_rollback(self, _: Session) -> None:
        if self._is_begun and not self._is_over:
            try:
                self._turn.take_back()
            except OSError as hindrance:  # its note stays: the next start mends it
                log.warning("a vocabulary cannot be put back yet: %s", hindrance)
        self._is_over = True
