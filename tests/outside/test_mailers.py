"""Which post there is, by the settings."""

import pytest

from app.outside.folder_mailer import FolderMailer
from app.outside.mailers import address_of, hindrance_of, mailer_for
from app.outside.smtp_mailer import SmtpMailer
from config import Settings, SettingsError

SECRET = "a-secret-of-our-own-that-is-long-enough"
PRODUCTION = {"environment": "production", "secret_key": SECRET}


def test_in_development_letters_go_into_a_folder():
    settings = Settings()
    assert isinstance(mailer_for(settings), FolderMailer)
    assert address_of(settings) == "http://localhost:5000"


def test_in_production_letters_wait_for_a_mail_server_and_an_address():
    assert mailer_for(Settings(**PRODUCTION)) is None
    assert hindrance_of(Settings(**PRODUCTION)) == "SMTP_HOST is not set"
    no_address = Settings(**PRODUCTION, smtp_host="mail.example")
    assert "PUBLIC_URL is not set" in hindrance_of(no_address)
    ready = Settings(**PRODUCTION, smtp_host="m.example", public_url="https://library.example")
    assert isinstance(mailer_for(ready), SmtpMailer)
    assert hindrance_of(ready) == ""


@pytest.mark.parametrize("odd", ["nobody", "a@b.example\nBcc: c@d.example", "<a@b.example"])
def test_a_sender_that_is_none_is_told(odd):
    with pytest.raises(SettingsError, match="MAIL_FROM must be a mail address"):
        Settings.from_environment({"MAIL_FROM": odd})


def test_an_unknown_security_is_told():
    with pytest.raises(SettingsError, match="SMTP_SECURITY must be starttls or ssl or none"):
        Settings.from_environment({"SMTP_SECURITY": "tls"})
