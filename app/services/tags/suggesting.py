"""Tags to offer for a resource: words of its text that are tags, and tags of what is like it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.audience import marks_for
from app.domain.errors import SearchUnavailable
from app.domain.people import Actor
from app.domain.tags import MOST_WORDS, slug_of_tag
from app.domain.taxonomy import Taxonomy
from app.models.resource_tags import standing_tags
from app.models.resources import Revision
from app.search.port import SearchEngine
from app.services.tags.counting import find_tags

MOST = 8
MOST_SIMILAR = 10
THEMES = "themes"
SURELY_ABOUT = 2  # times that a text has a word that is a tag


@dataclass(frozen=True)
class Offer:
    """A tag to offer, with why."""

    slug: str
    label: str
    why: str  # half a sentence


def suggest_for(
    session: Session, actor: Actor, revision: Revision, engine: SearchEngine, taxonomy: Taxonomy
) -> list[Offer]:
    """Return tags that a published revision lacks and may deserve, the likeliest first.

    They come from nothing but what the actor may read; none is retired.
    """
    known = {one.slug: one for one in find_tags(session, actor)}
    standing = {tag.slug for tag in standing_tags(session, revision)}
    gone = {slug for slug, one in known.items() if one.is_retired} | standing
    runs = _runs(f"{revision.title} {revision.summary} {revision.body_markdown}")
    worth: Counter[str] = Counter()
    offers: dict[str, Offer] = {}
    for label, times in _on_similar(engine, taxonomy, actor, revision).items():
        slug = slug_of_tag(label)
        worth[slug] += 2 * times
        offers[slug] = Offer(slug, label, f"on {times} of the resources most like it")
    weak = {*taxonomy.asking.weak, *taxonomy.asking.weak_in_questions}
    for slug in (runs.keys() & known.keys()) - weak:
        length = slug.count("-") + 1
        if length == 1 and runs[slug] < SURELY_ABOUT and slug not in offers:
            continue  # a single word says little when it stands there once
        worth[slug] += length * runs[slug]
        why = "in its text"
        if slug in offers:
            why = f"in its text, and {offers[slug].why}"
        offers[slug] = Offer(slug, known[slug].label, why)
    filed = {term.code for term in revision.terms}
    for slug, label in _themes(taxonomy, filed).items():
        if slug in runs and slug not in offers:
            worth[slug] += runs[slug]
            offers[slug] = Offer(slug, label, "a theme that its text names")
    best = sorted(offers.keys() - gone, key=lambda slug: (-worth[slug], slug))
    return [offers[slug] for slug in best[:MOST]]


def _on_similar(
    engine: SearchEngine, taxonomy: Taxonomy, actor: Actor, revision: Revision
) -> Mapping[str, int]:
    """Return how many of the most similar resources have each tag; none while the index rests."""
    marks = marks_for(actor, taxonomy.codes("regions"))
    try:
        hits = engine.similar(revision.resource_id, marks, MOST_SIMILAR)
    except SearchUnavailable:
        return {}
    return Counter(tag for hit in hits for tag in hit.tags)


def _runs(text: str) -> Counter[str]:
    """Return every run of a few words of a text as a slug, and how often it stands there."""
    words = slug_of_tag_words(text)
    return Counter(
        "-".join(words[at : at + length])
        for length in range(1, MOST_WORDS + 1)
        for at in range(len(words) - length + 1)
    )


def slug_of_tag_words(text: str) -> list[str]:
    """Return the words of a text of any length, each as it stands in a slug."""
    return [slug for word in text.replace("-", " ").split() if (slug := slug_of_tag(word))]


def _themes(taxonomy: Taxonomy, filed: set[str]) -> Mapping[str, str]:
    vocabulary = taxonomy.vocabularies.get(THEMES)
    terms = vocabulary.terms if vocabulary else ()
    return {
        slug_of_tag(term.label): term.label
        for term in terms
        if term.code not in filed and not term.is_retired
    }
