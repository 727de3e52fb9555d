"""A search engine that only remembers what it was given, and can be broken."""

from app.domain.errors import SearchUnavailable
from app.search.port import IndexStatus


class FakeEngine:
    is_shared = False

    def __init__(self):
        self.documents = {}
        self.is_there = False
        self.writes = []  # the ids of each write
        self.rebuilds = 0
        self.names = ()  # what tags are called
        self.fails = 0  # how many of the next writes fail
        self.untended = 0  # how often tending will find something to do

    def write(self, documents, removed=()):
        documents = list(documents)
        if self.fails or not self.is_there:
            self.fails = max(self.fails - 1, 0)
            raise SearchUnavailable("Search is being put in order.")
        self.writes.append([document.id for document in documents])
        self.documents |= {document.id: document for document in documents}
        for resource_id in removed:
            self.documents.pop(resource_id, None)

    def rebuild(self, documents, tell=lambda _: None, meanwhile=None):
        self.documents = {document.id: document for document in documents}
        tell(len(self.documents))
        self.is_there, self.rebuilds = True, self.rebuilds + 1
        if meanwhile is not None:
            late = meanwhile()
            self.write(late.documents, late.removed)
        return len(self.documents)

    def name_tags(self, names):
        self.names = names

    def needs_tending(self):
        return bool(self.untended)

    def tend(self):
        self.untended = max(self.untended - 1, 0)
        return True

    def fingerprints(self):
        if not self.is_there:
            raise SearchUnavailable("Search is being put in order.")
        return {id_: document.fingerprint for id_, document in self.documents.items()}

    def is_present(self):
        return self.is_there

    def status(self):
        if not self.is_there:
            raise SearchUnavailable("Search is being put in order.")
        return IndexStatus(len(self.documents), None, 2048)
