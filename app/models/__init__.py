"""The tables, one noun to a file; importing this package knows them all."""

from app.models.outbox import OutboxEvent as OutboxEvent
from app.models.pictures import Picture as Picture
from app.models.resources import FormerSlug as FormerSlug
from app.models.resources import Resource as Resource
from app.models.resources import Revision as Revision
from app.models.resources import RevisionTag as RevisionTag
from app.models.resources import RevisionTerm as RevisionTerm
