"""Did you mean: another word only for one that stands nowhere, and only from what one may see.

A typed word is left alone when a resource that the reader may see has it, when
the taxonomy knows it, or when it is short (four letters or fewer: acronyms).
What is offered comes from the taxonomy or from resources that the reader may
see, so that a correction never tells a word of a hidden one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain.taxonomy import Taxonomy, fold
from app.search.analysis import Word, form_of, words
from app.search.query_language import Clause, ParsedQuery
from app.search.shelf import Shelf

SHORTEST = 5  # letters; a shorter word is never corrected
MOST_EDITS = 2
ONE_EDIT_BELOW = 7  # letters; a shorter word may be one edit away only
SHORTEST_HALF = 3  # letters of each word that two run-together words are split into
MOST_TRIED = 50  # near words whose standing is looked up


class Lexicon:
    """The words that the taxonomy knows, and the misspellings it lists."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.misspellings: Mapping[str, str] = {
            fold(typed): meant for typed, meant in taxonomy.misspellings.items()
        }
        self._shown: dict[str, str] = {}
        for text in _texts(taxonomy):
            for word in words(text):
                self._shown.setdefault(word.surface, _as_shown(text[word.start : word.end]))
        self._forms = {form_of(surface) for surface in self._shown}
        self._of_length = {
            length: frozenset(s for s in self._shown if len(s) == length)
            for length in {len(surface) for surface in self._shown}
        }

    def knows(self, word: Word) -> bool:
        """Whether the taxonomy uses a word, in any of its endings."""
        return word.surface in self._shown or word.form in self._forms

    def shown(self, surface: str) -> str:
        """Return a folded word as the taxonomy writes it, where it does."""
        return self._shown.get(surface, surface)

    def of_length(self, length: int) -> frozenset[str]:
        """Return the taxonomy's words of so many letters, folded."""
        return self._of_length.get(length, frozenset())


def correct(parsed: ParsedQuery, shelf: Shelf, lexicon: Lexicon) -> str | None:
    """Return the query with its unknown words replaced; None where nothing can be bettered."""
    text, moved = parsed.text, 0
    for clause in parsed.clauses:
        for word in _correctable(clause):
            better = _better(word, shelf, lexicon)
            if better:
                start, end = (clause.start + moved + at for at in (word.start, word.end))
                text = text[:start] + better + text[end:]
                moved += len(better) - (end - start)
    return text if text != parsed.text else None


def _correctable(clause: Clause) -> Iterator[Word]:
    if clause.is_plain:
        for word in clause.words:
            if word.form and len(word.surface) >= SHORTEST and word.surface.isalpha():
                yield word


def _better(word: Word, shelf: Shelf, lexicon: Lexicon) -> str | None:
    if _stands(word, shelf):
        return None
    listed = lexicon.misspellings.get(word.surface)
    if listed:
        return listed
    if lexicon.knows(word):
        return None
    near = _nearest(word.surface, shelf, lexicon)
    if near and near.edits == 1:
        return lexicon.shown(near.word)
    split = _split(word.surface, shelf)
    return split or (lexicon.shown(near.word) if near else None)


def _stands(word: Word, shelf: Shelf) -> bool:
    if shelf.word_count(word.surface):
        return True
    return shelf.stands(word.form)


@dataclass(frozen=True)
class _Near:
    word: str
    edits: int


def _nearest(typed: str, shelf: Shelf, lexicon: Lexicon) -> _Near | None:
    """Return the nearest word: fewest edits, same first letter, found most often."""
    edits = 1 if len(typed) < ONE_EDIT_BELOW else MOST_EDITS
    known: set[str] = set()
    for length in range(len(typed) - edits, len(typed) + edits + 1):
        known |= shelf.words_of_length(length) | lexicon.of_length(length)
    near = process.extract(
        typed, sorted(known), scorer=OSA.distance, score_cutoff=edits, limit=MOST_TRIED
    )
    ranked = [
        (int(distance), found[0] != typed[0], -shelf.word_count(found), found)
        for found, distance, _ in near
    ]
    for distance, _, counted, found in sorted(ranked):
        # A word that only hidden documents have is passed over.
        if counted or found in lexicon.of_length(len(found)):
            return _Near(found, distance)
    return None


def _split(typed: str, shelf: Shelf) -> str | None:
    """Return two words run together, where they stand side by side in a visible document."""
    best: tuple[int, str] | None = None
    for at in range(SHORTEST_HALF, len(typed) - SHORTEST_HALF + 1):
        left, right = typed[:at], typed[at:]
        if not (shelf.word_count(left) and shelf.word_count(right)):
            continue
        count = shelf.side_by_side(form_of(left), form_of(right))
        if count and (best is None or count > best[0]):
            best = (count, f"{left} {right}")
    return best[1] if best else None


def _texts(taxonomy: Taxonomy) -> Iterator[str]:
    for group in taxonomy.word_groups:
        yield from group.members
    for _, term in taxonomy.all_terms():
        yield from (*term.aliases, term.label, term.label_gd or "")


def _as_shown(raw: str) -> str:
    # Numeracy as the first word of a label is numeracy; GIRFEC and AifL stay.
    return raw if any(letter.isupper() for letter in raw[1:]) else raw.lower()
