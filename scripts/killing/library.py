"""Small libraries made from a seed, and what each question must find in them."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.search.analysis import words
from app.search.port import SearchDocument, SearchEngine, SearchQuery

MARKS = frozenset({"public"})
REGIONS = ("tayside", "south-east", "south-west")
COMMON, MIDDLE, RARE = "numeracy", "nurture", "quokka"
PLAIN = tuple(f"{a}{b}" for a in ("lo", "mi", "ka", "tu", "re") for b in ("rin", "dol", "bam"))
PHRASE = f"{COMMON} {MIDDLE}"
QUESTIONS = ("", COMMON, MIDDLE, RARE, f'"{PHRASE}"', "numer*", f"title:{MIDDLE}", "nowhere")
MOST = 1000  # hits of one page: more than there are documents


@dataclass(frozen=True)
class Answer:
    """What a question finds."""

    ids: frozenset[str]
    regions: dict[str, int]


@dataclass(frozen=True)
class Library:
    """Documents by their id, and what is to be found in them."""

    documents: dict[str, SearchDocument]

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of every document by its id."""
        return {id_: document.fingerprint for id_, document in self.documents.items()}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What each question finds, by looking at every document."""
        return {question: self._answer(question) for question in QUESTIONS}

    def with_one(self, document: SearchDocument) -> "Library":
        """Return the library with one more document."""
        return Library(self.documents | {document.id: document})

    def ask_one(self, engine: SearchEngine) -> None:
        """Ask an engine one question."""
        engine.search(_query(COMMON))

    def _answer(self, question: str) -> Answer:
        found = [d for d in self.documents.values() if _has(d, question)]
        return Answer(
            frozenset(d.id for d in found), dict(Counter(d.facets["region"][0] for d in found))
        )


def made(number: int, seed: int) -> Library:
    """Return a library of so many documents."""
    chance = random.Random(seed)  # noqa: S311 - the same documents every time
    return Library({f"d{n}": _document(chance, f"d{n}") for n in range(number)})


def changed(library: Library, seed: int) -> Library:
    """Return the library with some documents changed, some gone and some new."""
    chance = random.Random(seed + 1)  # noqa: S311
    documents = dict(library.documents)
    for id_ in chance.sample(sorted(documents), 4):
        del documents[id_]
    for id_ in [*chance.sample(sorted(documents), 6), "n1", "n2", "n3"]:
        documents[id_] = _document(chance, id_)
    return Library(documents)


def mismatch(engine: SearchEngine, library: Library) -> Iterator[str]:
    """Yield how an engine's answers differ from what is to be found."""
    if dict(engine.fingerprints()) != library.fingerprints:
        yield "the fingerprints are others"
    for question, answer in library.answers.items():
        page = engine.search(_query(question))
        ids = frozenset(hit.id for hit in page.hits)
        if ids != answer.ids or page.total != len(answer.ids):
            yield f"“{question}” finds {page.total}, not {len(answer.ids)}"
        elif page.facet_counts.get("region", {}) != answer.regions:
            yield f"“{question}” counts its regions wrongly"


def _query(question: str) -> SearchQuery:
    return SearchQuery(question, MARKS, per_page=MOST, is_exact=True)


def _document(chance: random.Random, id_: str) -> SearchDocument:
    some = [*PLAIN, COMMON, MIDDLE]
    body = chance.choices(some, k=80) + chance.choices((RARE, COMMON), (1, 20))
    return SearchDocument(
        id=id_,
        slug=f"slug-{id_}",
        title=" ".join(chance.choices(some, k=3)),
        summary="",
        body=" ".join(body),
        mark="public",
        facets={"region": (chance.choice(REGIONS),)},
        fingerprint=str(chance.random()),
    )


def _has(document: SearchDocument, question: str) -> bool:
    """Whether a document answers a question, found by reading it."""
    titled = f" {document.title} "
    if question.startswith("title:"):
        return f" {question.removeprefix('title:')} " in titled
    texts = (titled, f" {document.body} ")
    if question.startswith('"'):
        phrase = question.strip('"')
        return any(f" {phrase} " in text for text in texts)
    surfaces = {word.surface for text in texts for word in words(text)}
    if question.endswith("*"):
        return any(surface.startswith(question[:-1]) for surface in surfaces)
    return question in surfaces or not question
