"""Suggest what a draft could be filed under, from what its words say; a person decides.

Words are read as a query's are (Thesaurus), so that an alias added to content/taxonomy/ suggests
its term too. Measured over the sample library, each file's own terms hidden (recall of at most
five suggestions to a facet, and precision):

| facet | recall | precision | suggested to a file |
|---|---|---|---|
| stage | 0.64 | 0.96 | 2.7 |
| sector | 0.79 | 0.92 | 1.2 |
| theme | 0.52 | 0.66 | 1.9 |
| curriculum area | 0.54 | 0.60 | 0.9 |

Weights chosen on one half of the files and measured on the other, both ways, come within 0.04 of
these figures. The rules were written with all 64 invented files in view: real drafts may do worse.

Quality indicators, priorities and standards are judgements that words hardly ever name: they are
suggested where they are named, and never guessed (guessing from the themes that their labels name
found every tenth indicator and every twentieth priority, and two of three indicators were wrong).
Of tags that other files have too, 45 % are found; 27 % of those suggested were the author's own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from app.domain.facets import TERM_LISTS
from app.domain.taxonomy import Taxonomy, fold
from app.search.analysis import words
from app.search.language.meanings import VARIANT_WEIGHT, Concept, Meaning, TypedWord, together
from app.search.language.stage_meanings import FACET as STAGE
from app.search.language.synonyms import Thesaurus
from app.search.language.terms import names_of_terms

MOST_TERMS = 5  # to a facet
MOST_TAGS = 6
TITLE_WEIGHT, SUMMARY_WEIGHT = 6.0, 6.0  # of a mention there; one in the body counts 1
USUAL_WORDS = 550  # of a body; in a longer one a mention says so much less
LEAST = 0.7  # an alias named once in the body stays below, and any name once in 800 words
LEAST_SHARE = 0.2  # of what the best of its facet has
STAGE_IN_SECTOR = 0.5  # what a mention of P5 says of primary
LONGEST_TAG = 5  # words
ENOUGH = 4  # mentions of a tag of one word; two words in a row say as much the first time

# The first letter of a stage's code; early learning has one stage, called as its sector.
SECTORS = {"p": "primary", "s": "secondary", "e": "elc"}
SECTOR = "sector"
_SUGGESTED = frozenset(facet.name for facet in TERM_LISTS)

Filed = tuple[str, str]  # a facet's name and a code


class TermSuggester:
    """What the taxonomy tells about the words of drafts, ready to be looked up."""

    def __init__(self, taxonomy: Taxonomy, thesaurus: Thesaurus) -> None:
        self._ways = thesaurus.ways
        self._sectors = frozenset(taxonomy.codes("sectors"))
        self._retired = {
            (facet.name, term.code)
            for facet in TERM_LISTS
            for term in taxonomy.vocabularies[facet.vocabulary].terms
            if not term.is_offered
        }
        names = [one.name for one in names_of_terms(taxonomy)]
        names += [member for group in taxonomy.word_groups for member in group.members]
        self._names = frozenset(map(fold, names))

    def suggest_terms(self, title: str, summary: str, body: str) -> dict[str, tuple[str, ...]]:
        """Suggest codes for each facet, the best first, at most five; plain text, no Markdown.

        A facet for which the words say nothing is left out.
        """
        scores = self._scores(title, summary, body)
        by_facet: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for (facet, code), score in scores.items():
            if score >= LEAST and facet in _SUGGESTED and (facet, code) not in self._retired:
                by_facet[facet].append((score, code))
        return {
            facet.name: _best(by_facet[facet.name])
            for facet in TERM_LISTS
            if facet.name in by_facet
        }

    def _scores(self, title: str, summary: str, body: str) -> Mapping[Filed, float]:
        scores: dict[Filed, float] = defaultdict(float)
        in_body = min(1.0, USUAL_WORDS / max(1, len(body.split())))
        for text, weight in ((title, TITLE_WEIGHT), (summary, SUMMARY_WEIGHT), (body, in_body)):
            for concept in self._concepts(text):
                scores[concept.facet, concept.code] += weight * concept.weight
                sector = SECTORS.get(concept.code[0], "") if concept.facet == STAGE else ""
                if sector in self._sectors:
                    scores[SECTOR, sector] += weight * concept.weight * STAGE_IN_SECTOR
        return scores

    def _concepts(self, text: str) -> Iterator[Concept]:
        """Yield what the text names, as often as it does."""
        typed = _typed(text)
        at = 0
        while at < len(typed):
            read = [found for way in self._ways if (found := way.read(typed, at))]
            taken = max((length for length, _ in read), default=1)
            meanings = [meaning for length, meaning in read if length == taken]
            if meanings and (taken > 1 or self._is_a_name(typed[at].word.surface)):
                yield from _named(together(meanings))
            at += taken

    def _is_a_name(self, surface: str) -> bool:
        """Say whether a word is a name itself: we read together is not about reading.

        Digits are for the names of stages, which are many: P5s, P5/6.
        """
        ways = {
            surface,
            f"{surface}s",
            surface.removesuffix("s"),
            surface.removesuffix("ies") + "y",
        }
        return not self._names.isdisjoint(ways) or any(map(str.isdigit, surface))


def suggest_tags(text: str, held_tags: Mapping[str, int]) -> tuple[str, ...]:
    """Suggest tags that others have used and the text says, at most six, the best first.

    Plain text. A tag of one word must be said often: once or twice is said by many a text about
    other things.

    Args:
        held_tags: the tags in use, with the number of resources that have each.
    """
    surfaces = [word.surface for word in words(text)]
    said = Counter(
        " ".join(surfaces[at : at + length])
        for length in range(1, LONGEST_TAG + 1)
        for at in range(len(surfaces) - length + 1)
    )
    found: dict[str, tuple[int, int, str]] = {}
    for tag, used in held_tags.items():
        name = " ".join(word.surface for word in words(tag))
        score = said[name] * (name.count(" ") + 1) ** 2
        if name and score >= ENOUGH:
            found.setdefault(name, (score, used, tag))
    best = sorted(found.values(), key=lambda one: (-one[0], -one[1], one[2]))
    return tuple(tag for _, _, tag in best[:MOST_TAGS])


def _named(meaning: Meaning) -> Iterator[Concept]:
    """Yield what is meant itself; another country's name, and one read many ways, suggest nothing.

    Of P5 the other stages of its level are not meant; of First level, which has none of its own
    weight, all are.
    """
    if meaning.ours or meaning.readings:
        return
    itself = [concept for concept in meaning.concepts if concept.weight >= VARIANT_WEIGHT]
    yield from itself or meaning.concepts
    yield from meaning.besides


def _best(scored: list[tuple[float, str]]) -> tuple[str, ...]:
    most = max(score for score, _ in scored)
    kept = sorted((-score, code) for score, code in scored if score >= most * LEAST_SHARE)
    return tuple(code for _, code in kept[:MOST_TERMS])


def _typed(text: str) -> list[TypedWord]:
    """Return the words of a text as those of a query, so that they can be read alike."""
    found: list[TypedWord] = []
    end = 0
    for word in words(text):
        gap = text[end : word.start].strip() if found else ""
        found.append(TypedWord(word, text[word.start : word.end], 0, word.start, word.end, gap))
        end = word.end
    return found
