"""Mail through a server that speaks SMTP."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field

from app.domain.errors import LetterPutOff, LetterRefused, MailAway
from app.outside.mail import Letter, to_message

TIMEOUT_S = 20.0  # for each answer of the server
OK = 250
PERMANENT = 500  # and above: the server will never take it


@dataclass(frozen=True)
class SmtpMailer:
    """Hands letters to a mail server, one after another in one connection until it rests."""

    host: str
    port: int
    sender: str
    security: str = "starttls"  # starttls, ssl or none
    user: str = ""
    password: str = ""
    timeout_s: float = TIMEOUT_S
    _held: list[smtplib.SMTP] = field(default_factory=list, compare=False, repr=False)

    def send(self, letter: Letter) -> None:
        """Hand a letter over; see `Mailer`.

        What a server says is repeated by its number only: its words may hold an address.
        """
        message = to_message(letter, self.sender)
        try:
            self._server().send_message(message)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()))[0]
            raise _of_this_letter(code) from None
        except smtplib.SMTPDataError as refusal:
            raise _of_this_letter(refusal.smtp_code) from None
        except (smtplib.SMTPException, OSError) as hindrance:
            self.rest()
            raise MailAway(f"The mail server cannot be used: {_told(hindrance)}.") from None

    def rest(self) -> None:
        """Take leave of the server; the next letter begins anew."""
        while self._held:
            server = self._held.pop()
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _server(self) -> smtplib.SMTP:
        """Return a server that listens: the one of the letter before, where it answers still."""
        if self._held:
            with suppress(smtplib.SMTPException, OSError):
                if self._held[0].noop()[0] == OK:
                    return self._held[0]
            self.rest()
        server = self._connection()
        self._held.append(server)
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        return server

    def _connection(self) -> smtplib.SMTP:
        if self.security == "ssl":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_s, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)


def _of_this_letter(code: int) -> LetterRefused | LetterPutOff:
    if code >= PERMANENT:
        return LetterRefused(f"The mail server refused this letter for good ({code}).")
    return LetterPutOff(f"The mail server put this letter off ({code}).")


def _told(hindrance: Exception) -> str:
    if isinstance(hindrance, smtplib.SMTPResponseException):
        return f"{type(hindrance).__name__} {hindrance.smtp_code}"
    if isinstance(hindrance, OSError) and hindrance.strerror:
        return hindrance.strerror
    return type(hindrance).__name__
