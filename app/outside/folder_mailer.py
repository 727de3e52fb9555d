"""Mail for development: each letter is a file that a mail program opens."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import MailAway
from app.domain.moments import utc_now
from app.outside.mail import Letter, to_message


@dataclass(frozen=True)
class FolderMailer:
    """Writes each letter into a folder, as a whole or not at all."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Write a letter; see `Mailer`."""
        data = to_message(letter, self.sender).as_bytes()
        name = f"{utc_now():%Y%m%dT%H%M%S%f}-{hashlib.sha256(data).hexdigest()[:8]}"
        beside = self.folder / f"{name}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # It may hold a link that lets somebody in: for nobody else's eyes.
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as f:
                f.write(data)
            beside.rename(self.folder / f"{name}.eml")
        except OSError as hindrance:
            with suppress(OSError):
                beside.unlink()
            raise MailAway(f"MAIL_FOLDER cannot be written: {hindrance.strerror}.") from None

    def rest(self) -> None:
        """Let go of nothing: a folder is not held open."""
