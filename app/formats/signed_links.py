"""Secrets of links in mails: signed with the product's key, so that the database need keep none."""

from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer


class Purpose(StrEnum):
    """What a link is for; the link of one purpose opens nothing of another."""

    INVITATION = "invitation"
    RESET = "password-reset"
    MAIL_OFF = "mail-off"
    DIGEST_OFF = "digest-off"  # of a person: digests stop


def make_link_token(secret_key: str, purpose: Purpose, row_id: int) -> str:
    """Return the last part of a link that stands for a row; it tells nothing but the id."""
    return str(URLSafeSerializer(secret_key, salt=f"link:{purpose}").dumps(row_id))


def read_link_token(secret_key: str, purpose: Purpose, token: str) -> int | None:
    """Return the id of the row that a link stands for; None for one that we did not make."""
    try:
        row_id = URLSafeSerializer(secret_key, salt=f"link:{purpose}").loads(token)
    except BadData:
        return None
    return row_id if isinstance(row_id, int) else None
