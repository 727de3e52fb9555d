"""What people are told, and how they may turn it off."""

from collections.abc import Mapping
from enum import StrEnum


class NotificationKind(StrEnum):
    """Why somebody is told something."""

    OFFERED = "offered"  # to the headteacher: a colleague's draft waits for sign-off
    SUBMITTED = "submitted"  # to the region's leads: something waits for review
    ASSIGNED = "assigned"  # to a lead: this review is yours
    COMMENTED = "commented"  # to the writers or the reviewer: a new comment or answer
    CHANGES_WANTED = "changes_wanted"  # to the writers
    DECLINED = "declined"  # to the writers
    APPROVED = "approved"  # to the writers
    PUBLISHED = "published"  # to the writers
    WITHDRAWN = "withdrawn"  # to the writers, and the region's leads
    RESTORED = "restored"
    SHARED = "shared"  # to whom something was sent
    CURATING = "curating"  # to somebody who was made co-curator of a collection
    TRIED = "tried"  # to the writers: a school tried their work
    ASKED = "asked"  # to the school and the region's leads: a question
    ANSWERED = "answered"  # to who asked
    PARENT_WITHDRAWN = "parent_withdrawn"  # to the writers of what was built on it
    CONCERN = "concern"  # to those who moderate: something was reported
    HIDDEN = "hidden"  # to whoever wrote what was hidden, with the reason
    ACCOUNT = "account"  # about one's own account; cannot be turned off

    @property
    def is_optional(self) -> bool:
        """Whether a person may turn its mails off."""
        return self is not NotificationKind.ACCOUNT

    @property
    def about(self) -> str:
        """What such mails tell of, in words that follow “mails about”."""
        return _ABOUT[self]


_ABOUT: Mapping[NotificationKind, str] = {
    NotificationKind.OFFERED: "drafts that wait for your sign-off",
    NotificationKind.SUBMITTED: "submissions that wait for review",
    NotificationKind.ASSIGNED: "reviews that are given to you",
    NotificationKind.COMMENTED: "comments and answers",
    NotificationKind.CHANGES_WANTED: "changes that a reviewer asks you for",
    NotificationKind.DECLINED: "submissions of yours that are declined",
    NotificationKind.APPROVED: "submissions of yours that are approved",
    NotificationKind.PUBLISHED: "work of yours that is published",
    NotificationKind.WITHDRAWN: "resources that are withdrawn",
    NotificationKind.RESTORED: "resources that are restored",
    NotificationKind.SHARED: "what colleagues share with you",
    NotificationKind.CURATING: "collections that you are asked to curate",
    NotificationKind.TRIED: "schools that tried your work",
    NotificationKind.ASKED: "questions about resources of your school or region",
    NotificationKind.ANSWERED: "answers to your questions",
    NotificationKind.PARENT_WITHDRAWN: "withdrawn resources that you built on",
    NotificationKind.CONCERN: "what was reported to you",
    NotificationKind.HIDDEN: "words of yours that were hidden",
    NotificationKind.ACCOUNT: "your own account",
}


def as_clause(reason: str) -> str:
    """Return a reason so that it follows “because”: with a small first letter and one full stop."""
    words = reason.strip().rstrip(".")
    is_a_name = words[1:2].isupper() or words.startswith("I ")  # an acronym, or oneself
    return (words if is_a_name else words[:1].lower() + words[1:]) + "."
