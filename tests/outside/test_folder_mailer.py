"""Mail as files, for development."""

import email
import email.policy

import pytest

from app.domain.errors import MailAway
from app.outside.folder_mailer import FolderMailer
from app.outside.mail import Letter


def test_each_letter_is_a_whole_file_for_nobody_elses_eyes(tmp_path):
    mailer = FolderMailer(tmp_path / "mail", "library@localhost")
    for number in range(3):
        mailer.send(Letter(f"a{number}@sample.example", "Hello", "Words.\n"))

    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    read = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert (read["To"], read.get_content().strip()) == ("a0@sample.example", "Words.")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(MailAway, match="MAIL_FOLDER cannot be written"):
        FolderMailer(tmp_path / "mail", "library@localhost").send(Letter("a@b.example", "x", "y"))
