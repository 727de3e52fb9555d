"""Letters that a mail server took and that are perhaps not noted in the database yet.

Between a server's yes and our commit lie milliseconds; a process that is killed there would send
the letter again. So each Message-ID is written here first, at once and without waiting for the
disk: a killed process leaves what it wrote, only a machine that loses its power may not.
"""

import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)


class HandedOver:
    """A small file of Message-IDs, one to a line; empty whenever nothing is in doubt."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            lines = path.read_text("utf-8", "replace").splitlines()
        except OSError:
            lines = []
        self._doubtful = set(lines)

    def has(self, message_id: str) -> bool:
        """Say whether a server took this letter, as far as is known here."""
        return message_id in self._doubtful

    def note(self, message_id: str) -> None:
        """Note that a server took a letter, before anything else is done.

        Where the file cannot be written the letter is noted in the database alone.
        """
        self._doubtful.add(message_id)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab", buffering=0) as file:
                file.write(f"{message_id}\n".encode())
        except OSError as hindrance:
            log.warning("what was handed over cannot be noted beside the database: %s", hindrance)

    def settle(self, message_id: str) -> None:
        """Forget a letter that the database knows as sent; the last one empties the file."""
        self._doubtful.discard(message_id)
        if not self._doubtful and self._path.exists():
            os.truncate(self._path, 0)
