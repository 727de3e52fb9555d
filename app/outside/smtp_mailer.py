"""Mail through a server that speaks SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from app.domain.errors import LetterPutOff, LetterRefused, MailAway
from app.outside.mail import Letter, to_message

TIMEOUT_S = 20.0  # for each answer of the server
PERMANENT = 500  # and above: the server will never take it


@dataclass(frozen=True)
class SmtpMailer:
    """Hands each letter to a mail server, in a connection of its own."""

    host: str
    port: int
    sender: str
    security: str = "starttls"  # starttls, ssl or none
    user: str = ""
    password: str = ""
    timeout_s: float = TIMEOUT_S

    def send(self, letter: Letter) -> None:
        """Hand a letter over; see `Mailer`.

        What a server says is repeated by its number only: its words may hold an address.
        """
        message = to_message(letter, self.sender)
        try:
            with self._connection() as server:
                self._hand_over(server, message)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()))[0]
            raise _of_this_letter(code) from None
        except smtplib.SMTPDataError as refusal:
            raise _of_this_letter(refusal.smtp_code) from None
        except (smtplib.SMTPException, OSError) as hindrance:
            raise MailAway(f"The mail server cannot be used: {_told(hindrance)}.") from None

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        server.send_message(message)

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
