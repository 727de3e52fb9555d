"""Small libraries made by chance from a seed: many commits, updates, deletions, marks, filings."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from app.search.analysis import SMALL_WORDS, form_of
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.port import SearchDocument

# Made-up words that have no ending to be cut, so that what is typed is what is compared.
_MADE = ("".join(letters) for letters in product("bkmt", "aou", "lnr", ("", "ad", "op", "ub")))
PLAIN_WORDS = tuple(w for w in _MADE if form_of(w) == w and w not in SMALL_WORDS)
ENDED_WORDS = ("otters", "otter", "reading", "reads", "Gàidhlig", "children's")
REGIONS = ("tayside", "south-east", "south-west")
STAGES = ("p4", "p5", "p6")
MARKS = ("public", "public", "public", "staff", "region:tayside")


def some_words(chance: random.Random, most: int, least: int = 0) -> str:
    """Return some words, the first of the list far oftener than the last; small ones between."""
    many = [*PLAIN_WORDS, *ENDED_WORDS]
    weights = [1 / (1 + number % 40) for number in range(len(many))]
    found = chance.choices(many, weights, k=chance.randint(least, most))
    return " ".join(w if chance.random() < 0.85 else f"{w} the" for w in found)


def some_document(chance: random.Random, id_: str) -> SearchDocument:
    """Return a document of any words, filing, mark and days."""
    published = date(2025, 1, 1) + timedelta(days=chance.randrange(6))  # days are often the same
    return SearchDocument(
        id=id_,
        slug=f"slug-{id_}",
        title=some_words(chance, 4, least=1),
        summary=some_words(chance, 6),
        body=some_words(chance, 50),
        mark=chance.choice(MARKS),
        facets={
            "region": (chance.choice(REGIONS),),
            "stage": tuple(chance.sample(STAGES, chance.randint(0, 2))),
        },
        tags=tuple(some_words(chance, 2, least=1) for _ in range(chance.randint(0, 2))),
        labels=tuple(some_words(chance, 3, least=1) for _ in range(chance.randint(0, 2))),
        school=some_words(chance, 2),
        published_on=published if chance.random() < 0.9 else None,
        review_by=published + timedelta(days=400) if chance.random() < 0.6 else None,
        tries=chance.randrange(4) if chance.random() < 0.5 else 0,
        fingerprint=str(chance.random()),
    )


@dataclass(frozen=True)
class Library:
    """An index on the disk, and what should stand in it."""

    engine: WhooshEngine
    documents: dict[str, SearchDocument]

    def seen(self, marks: frozenset[str]) -> dict[str, SearchDocument]:
        """Return what may be seen by who may see these marks."""
        return {id_: d for id_, d in self.documents.items() if d.mark in marks}


def fill(engine: WhooshEngine, seed: int, size: int = 36, commits: int = 5) -> Library:
    """Write a library in several commits that add, replace and remove."""
    chance = random.Random(seed)
    standing = {f"d{n}": some_document(chance, f"d{n}") for n in range(size // 2)}
    engine.rebuild(standing.values())
    for turn in range(commits):
        fresh = [f"d{len(standing) + n + 100 * turn}" for n in range(size // 8)]
        changed = chance.sample(sorted(standing), 3)
        written = {id_: some_document(chance, id_) for id_ in (*fresh, *changed)}
        removed = chance.sample(sorted(standing.keys() - set(changed)), 2)
        engine.write(written.values(), removed)
        standing = {i: d for i, d in (standing | written).items() if i not in removed}
    return Library(engine, standing)
