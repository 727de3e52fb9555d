"""What a person may type: words, "phrases", -minus, field:word and word*.

Nothing typed is an error. What cannot be taken as its author may have meant it
is searched as plain words or set aside, and a note says so in a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain.facets import BY_NAME, FACETS, Facet
from app.domain.search import LONGEST_QUERY, MOST_WORDS
from app.domain.taxonomy import Taxonomy
from app.search.analysis import Word, words
from app.search.fields import TEXT_FIELDS

SHORTEST_PREFIX = 3  # letters before a *
FIELD_NAMES = {f.name: f.name for f in TEXT_FIELDS} | {"tag": "tags", "label": "labels"}
FACET_NAMES = {f.key: f for f in FACETS if f.key} | dict(BY_NAME)

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_CLAUSE = re.compile(
    r"(?P<minus>(?<![^\s(])-(?=[^\s-]))?"
    r"(?:(?P<field>[^\W\d_][\w-]*):(?=[^\s:/]))?"
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)|")'
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Clause:
    """One thing typed."""

    text: str  # without its marks; positions in `words` count from its start
    words: tuple[Word, ...]  # small words too
    start: int = 0  # characters from the start of the query's text
    is_phrase: bool = False
    is_prefix: bool = False
    is_excluded: bool = False
    field: str | None = None  # None: any field

    @property
    def is_plain(self) -> bool:
        """Whether it is only a word (or several joined, as in P7-S1), wanted anywhere."""
        return not (self.is_phrase or self.is_prefix or self.is_excluded or self.field)


@dataclass(frozen=True)
class TypedFilter:
    """A facet value asked for, or ruled out, within the query."""

    facet: str
    code: str
    is_excluded: bool = False


@dataclass(frozen=True)
class ParsedQuery:
    """A query as it was understood."""

    text: str  # as typed, cut to its limit
    clauses: tuple[Clause, ...] = ()
    filters: tuple[TypedFilter, ...] = ()
    notes: tuple[str, ...] = ()  # sentences: what was set aside

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was typed."""
        return not self.text.strip()


def parse(text: str, taxonomy: Taxonomy) -> ParsedQuery:
    """Read a query within a person's limits; never raises, whatever was typed."""
    kept, notes = _cut(text.translate(_QUOTES))
    clauses: list[Clause] = []
    filters: list[TypedFilter] = []
    for match in _CLAUSE.finditer(kept):
        read = _read(match, taxonomy, notes)
        if isinstance(read, TypedFilter):
            filters.append(read)
        elif read.words:
            clauses.append(read)
    within = tuple(_first_terms(clauses, notes))
    return ParsedQuery(kept, within, tuple(filters), tuple(dict.fromkeys(notes)))


def parse_plain(text: str) -> ParsedQuery:
    """Read every word of a text as a wanted word: no marks, no limits.

    For judged queries and other texts that no person typed into a search box.
    """
    pieces = re.finditer(r"\S+", text)
    clauses = (Clause(p.group(), tuple(words(p.group())), p.start()) for p in pieces)
    return ParsedQuery(text, tuple(clause for clause in clauses if clause.words))


def _cut(text: str) -> tuple[str, list[str]]:
    if len(text) <= LONGEST_QUERY:
        return text, []
    kept = text[:LONGEST_QUERY]
    if " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept, [f"Only the first {LONGEST_QUERY} characters were searched for."]


def _read(match: re.Match[str], taxonomy: Taxonomy, notes: list[str]) -> Clause | TypedFilter:
    is_phrase = match["phrase"] is not None
    value = (match["phrase"] if is_phrase else match["word"]) or ""
    start = match.start("phrase" if is_phrase else "word")
    name = (match["field"] or "").lower()
    is_excluded = match["minus"] is not None
    if name in FACET_NAMES:
        facet = FACET_NAMES[name]
        code = _code(facet, value, taxonomy)
        if code:
            return TypedFilter(facet.name, code, is_excluded)
        notes += _unknown(facet, value)
    elif name and name not in FIELD_NAMES:
        # Not one of our fields (10:30, note:this): all of it is words.
        start = match.start("field")
        value = match.string[start : match.end()]
    clause = Clause(
        text=value,
        words=tuple(words(value)),
        start=start,
        is_phrase=is_phrase,
        is_excluded=is_excluded,
        field=FIELD_NAMES.get(name),
    )
    return _with_prefix(clause, notes) if value.endswith("*") else clause


def _unknown(facet: Facet, value: str) -> list[str]:
    if not value.strip():
        return []
    return [f"We know no {facet.label.lower()} called “{value}”, so it was searched for as words."]


def _code(facet: Facet, value: str, taxonomy: Taxonomy) -> str | None:
    if not facet.vocabulary:
        return value if _YEAR.fullmatch(value) else None
    vocabulary = taxonomy.vocabularies.get(facet.vocabulary)
    term = vocabulary.find(value.strip(".,;()")) if vocabulary else None
    return term.code if term else None


def _with_prefix(clause: Clause, notes: list[str]) -> Clause:
    if clause.is_phrase or len(clause.words) != 1 or not clause.text.endswith("*"):
        return clause
    if len(clause.words[0].surface) < SHORTEST_PREFIX:
        notes.append(f"A * needs at least {SHORTEST_PREFIX} letters before it.")
        return clause
    return replace(clause, is_prefix=True)


def _first_terms(clauses: list[Clause], notes: list[str]) -> Iterator[Clause]:
    seen: set[str] = set()
    for clause in clauses:
        kept = []
        for word in clause.words:
            if word.form and word.form not in seen:
                if len(seen) == MOST_WORDS:
                    notes.append(f"Only the first {MOST_WORDS} different words were searched for.")
                    break
                seen.add(word.form)
            kept.append(word)
        if kept:
            yield replace(clause, words=tuple(kept))
