"""What can be reported to those who moderate."""

from enum import StrEnum


class ConcernAbout(StrEnum):
    """The kinds of things that people write and others may report."""

    TAG = "tag"  # on one resource
    ADOPTION = "adoption"
    QUESTION = "question"
    ANSWER = "answer"
    COLLECTION = "collection"
