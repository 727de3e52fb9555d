"""Which post there is, by the settings."""

from app.outside.folder_mailer import FolderMailer
from app.outside.mail import Mailer
from app.outside.smtp_mailer import SmtpMailer
from config import Settings

DEVELOPMENT_ADDRESS = "http://localhost:5000"


def hindrance_of(settings: Settings) -> str:
    """Return why no mail can be sent with these settings; empty where it can."""
    if settings.is_production and not settings.smtp_host:
        return "SMTP_HOST is not set"
    if settings.is_production and not settings.public_url:
        return "PUBLIC_URL is not set, and a letter must say where the library is"
    return ""


def mailer_for(settings: Settings) -> Mailer | None:
    """Return who takes letters; None where they must wait, and `hindrance_of` says why."""
    if hindrance_of(settings):
        return None
    if not settings.smtp_host:
        return FolderMailer(settings.mail_folder, settings.mail_from)
    return SmtpMailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )


def address_of(settings: Settings) -> str:
    """Return how every link in a letter begins."""
    return settings.public_url or DEVELOPMENT_ADDRESS
