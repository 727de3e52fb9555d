"""The audit log as a chain: each entry's hash holds the one before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

FIRST_HASH = "0" * 64  # what the first entry follows


class AuditAction(StrEnum):
    """What is kept on record; never a secret, never the words of a draft."""

    SIGNED_IN = "person.signed-in"
    SIGN_IN_REFUSED = "person.sign-in-refused"
    SIGNED_OUT = "person.signed-out"
    DEVICE_ENDED = "person.device-ended"
    PASSWORD_CHANGED = "person.password-changed"  # noqa: S105 - the name of an act
    RESET_ASKED = "person.reset-asked"
    INVITED = "person.invited"
    INVITATION_REVOKED = "person.invitation-revoked"
    JOINED = "person.joined"
    ROLE_GRANTED = "person.role-granted"
    ROLE_ENDED = "person.role-ended"
    DISABLED = "person.disabled"
    ENABLED = "person.enabled"
    TOKEN_MADE = "token.made"  # noqa: S105 - the name of an act
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - the name of an act
    SCHOOLS_LOADED = "schools.loaded"
    OFFERED = "revision.offer"
    SIGNED_OFF = "revision.sign_off"
    SUBMITTED = "revision.submit"
    CHANGES_ASKED = "revision.ask_for_changes"
    DECLINED = "revision.decline"
    APPROVED = "revision.approve"
    SCHEDULED = "revision.schedule"
    PUBLISHED = "revision.publish"
    LOADED = "revision.load"
    SUPERSEDED = "revision.supersede"
    WITHDRAWN = "revision.withdraw"
    RESTORED = "revision.restore"
    DISCARDED = "revision.discard"
    ASSIGNED = "revision.assign"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The act in words: Person: signed in."""
        about, _, done = self.value.partition(".")
        words = done.replace("-", " ").replace("_", " ")
        return f"{about.capitalize()}: {words}" if words else about.capitalize()


def entry_hash(previous: str, fields: Mapping[str, str | int | None], at: datetime) -> str:
    """Return the SHA-256 of an entry in hexadecimal, over the hash before it and all its fields.

    The fields are written as canonical JSON (keys sorted, no spaces), the moment in UTC to the
    microsecond, so that the same entry gives the same hash on every database.
    """
    said = {**fields, "at": at.astimezone(UTC).isoformat(timespec="microseconds")}
    words = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{words}".encode()).hexdigest()
