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
    TAGGED = "resource.tagged"
    UNTAGGED = "resource.untagged"
    TAGS_MERGED = "tag.merged"
    TAG_RENAMED = "tag.renamed"
    TAG_RETIRED = "tag.retired"
    TAG_UNDONE = "tag.undone"
    TAG_HIDDEN = "tag.hidden"
    TAG_SHOWN = "tag.shown"
    TERM_CHANGED = "term.changed"
    TERM_UNDONE = "term.undone"
    COLLECTION_BEGUN = "collection.begun"
    COLLECTION_CHANGED = "collection.changed"
    COLLECTION_PUBLISHED = "collection.published"
    COLLECTION_TAKEN_BACK = "collection.taken-back"
    COLLECTION_DELETED = "collection.deleted"
    COLLECTION_LOADED = "collection.loaded"
    CURATOR_ADDED = "collection.curator-added"
    CURATOR_REMOVED = "collection.curator-removed"
    SHARED = "share.sent"
    SHARE_TAKEN_BACK = "share.taken-back"
    LINK_MADE = "link.made"
    LINK_USED = "link.used"
    LINK_REVOKED = "link.revoked"
    GROUP_CHANGED = "group.changed"
    FOLLOWED = "follow.begun"
    UNFOLLOWED = "follow.ended"
    ADOPTED = "adoption.recorded"
    ADOPTION_CHANGED = "adoption.changed"
    ADOPTION_DELETED = "adoption.deleted"
    EVALUATION_RECORDED = "evaluation.recorded"
    EVALUATION_REMOVED = "evaluation.removed"
    BUILT_ON = "resource.built-on"
    ASKED = "question.asked"
    ANSWERED = "question.answered"
    ANSWER_ACCEPTED = "question.answer-accepted"
    CONCERN_RAISED = "concern.raised"
    CONCERN_DISMISSED = "concern.dismissed"
    HIDDEN = "concern.hidden"
    SHOWN_AGAIN = "concern.shown-again"
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
