"""Did you mean: another word only for one that stands nowhere, and only from what one may see.

A typed word is left alone when a resource that the reader may see has it, when
the taxonomy knows it, or when it is short (four letters or fewer: acronyms).
Two words (team work) become one only where nobody writes them apart and the one
is known. What is offered comes from the taxonomy or from resources that the
reader may see, so that a correction never tells a word of a hidden one.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import islice, pairwise

from app.domain.taxonomy import Taxonomy, fold
from app.search.analysis import Word, form_of, words
from app.search.finding.shelf import Shelf
from app.search.language.query_language import Clause, ParsedQuery
from app.search.segments.near_words import NearWords
from app.search.segments.packed_texts import PackedTexts

SHORTEST = 5  # letters; a shorter word is never corrected
MOST_EDITS = 2
ONE_EDIT_BELOW = 9  # letters; a shorter word may be one edit away only (knitting is no sitting)
SHORTEST_HALF = 3  # letters of each word that two run-together words are split into
SHORTEST_JOINED = 7  # letters of a word that two split words are joined into
MOST_TRIED = 50  # near words whose standing is looked up
MOST_CORRECTED = 4  # unknown words of one query; of more, it is no slip of the keys


class Lexicon:
    """The words that the taxonomy knows, and the misspellings it lists."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.misspellings: Mapping[str, str] = {
            fold(typed): meant for typed, meant in taxonomy.misspellings.items()
        }
        self._shown: dict[str, str] = {}
        self._pairs: set[tuple[str, str]] = set()
        for text in _texts(taxonomy):
            found = tuple(words(text))
            self._pairs.update((one.surface, other.surface) for one, other in pairwise(found))
            for word in found:
                self._shown.setdefault(word.surface, _as_shown(text[word.start : word.end]))
        only_known = {word.surface for text in _only_known(taxonomy) for word in words(text)}
        self._known = only_known | self._shown.keys()
        self._forms = {form_of(surface) for surface in self._known}
        self.near = NearWords(PackedTexts.of(sorted(self._shown)))

    def with_words(self, texts: Iterable[str]) -> "Lexicon":
        """Return the same, that takes the words of these texts for right but offers none."""
        other = copy(self)
        found = [word for text in texts for word in words(text)]
        other._known = self._known | {word.surface for word in found}
        other._forms = self._forms | {word.form for word in found}
        return other

    def knows(self, word: Word) -> bool:
        """Whether the taxonomy uses a word, in any of its endings."""
        return word.surface in self._known or word.form in self._forms

    def is_right(self, word: Word) -> bool:
        """Whether a word needs no correction, as far as the taxonomy tells."""
        return word.surface not in self.misspellings and self.knows(word)

    def has(self, surface: str) -> bool:
        """Whether the taxonomy writes a word just so."""
        return surface in self._shown

    def has_pair(self, left: str, right: str) -> bool:
        """Whether the taxonomy writes two words side by side."""
        return (left, right) in self._pairs

    def shown(self, surface: str) -> str:
        """Return a folded word as the taxonomy writes it, where it does."""
        return self._shown.get(surface, surface)


def correct(parsed: ParsedQuery, shelf: Shelf, lexicon: Lexicon) -> str | None:
    """Return the query with its unknown words replaced; None where nothing can be bettered."""
    text = parsed.text
    # From the end, so that what is put in moves nothing that is still to come.
    for start, end, better in sorted(_corrections(parsed, shelf, lexicon), reverse=True):
        text = text[:start] + better + text[end:]
    return text if text != parsed.text else None


def _corrections(
    parsed: ParsedQuery, shelf: Shelf, lexicon: Lexicon
) -> Iterator[tuple[int, int, str]]:
    """Yield where each unknown word starts and ends, and what stands for it."""
    joined: set[int] = set()
    for left, right in pairwise(parsed.clauses):
        if left.start not in joined and _is_one_word(left, right, shelf, lexicon):
            joined |= {left.start, right.start}
            yield left.start, right.start + len(right.text), _run(left, right, shown=True)
    unknown = (
        (clause.start, word)
        for clause in parsed.clauses
        for word in (_correctable(clause) if clause.start not in joined else ())
        if not (_stands(word, shelf) or lexicon.is_right(word))
    )
    for at, word in islice(unknown, MOST_CORRECTED):
        better = _better(word, shelf, lexicon)
        if better:
            yield at + word.start, at + word.end, better


def _is_one_word(left: Clause, right: Clause, shelf: Shelf, lexicon: Lexicon) -> bool:
    """Say whether two words are written as one, by everybody: team work."""
    if not (_is_bare(left) and _is_bare(right)):
        return False
    one, other = left.words[0], right.words[0]
    joined = _run(left, right)
    if len(joined) < SHORTEST_JOINED or lexicon.has_pair(one.surface, other.surface):
        return False
    if not (lexicon.has(joined) or shelf.word_count(joined)):
        return False
    return not shelf.side_by_side(one.form, other.form)


def _is_bare(clause: Clause) -> bool:
    """Say whether a clause is one word of letters and nothing else."""
    return clause.is_plain and clause.text.isalpha() and bool(clause.words[0].form)


def _run(left: Clause, right: Clause, shown: bool = False) -> str:
    if shown:
        return left.text + right.text.lower()
    return left.words[0].surface + right.words[0].surface


def _correctable(clause: Clause) -> Iterator[Word]:
    if clause.is_plain:
        for word in clause.words:
            if word.form and len(word.surface) >= SHORTEST and word.surface.isalpha():
                yield word


def _better(word: Word, shelf: Shelf, lexicon: Lexicon) -> str | None:
    listed = lexicon.misspellings.get(word.surface)
    if listed:
        return listed
    near = _nearest(word.surface, shelf, lexicon)
    if near and near.edits == 1:
        return lexicon.shown(near.word)
    split = _split(word.surface, shelf, lexicon)
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
    """Return the nearest word: fewest edits, same first letter, known, found most often."""
    edits = 1 if len(typed) < ONE_EDIT_BELOW else MOST_EDITS
    found = {**shelf.near_words(typed, edits), **dict(lexicon.near.within(typed, edits))}
    near = {(distance, word[0] != typed[0], word) for word, distance in found.items()}
    ranked = [
        (distance, is_other, not lexicon.has(word), -shelf.word_count(word), word)
        for distance, is_other, word in sorted(near)[:MOST_TRIED]
    ]
    for distance, _, is_unknown, counted, word in sorted(ranked):
        # A word that only hidden documents have is passed over.
        if counted or not is_unknown:
            return _Near(word, distance)
    return None


def _split(typed: str, shelf: Shelf, lexicon: Lexicon) -> str | None:
    """Return two words run together, where a visible document or the taxonomy has them so."""
    best: tuple[int, str] | None = None
    for at in range(SHORTEST_HALF, len(typed) - SHORTEST_HALF + 1):
        left, right = typed[:at], typed[at:]
        count = int(lexicon.has_pair(left, right))
        if shelf.word_count(left) and shelf.word_count(right):
            count += shelf.side_by_side(form_of(left), form_of(right))
        if count and (best is None or count > best[0]):
            best = (count, f"{left} {right}")
    return best[1] if best else None


def _texts(taxonomy: Taxonomy) -> Iterator[str]:
    for group in taxonomy.word_groups:
        ours = group.members[:1] if group.kind == "spelling" else group.members
        yield from (member for member in ours if member not in group.only_typed)
    for _, term in taxonomy.all_terms():
        yield from (*term.aliases, term.label, term.label_gd or "")
    for vocabulary in taxonomy.vocabularies.values():
        for span in vocabulary.spans:
            yield from (span.label, *span.names)


def _only_known(taxonomy: Taxonomy) -> Iterator[str]:
    """Yield what is no slip, and what nothing is corrected to: words of elsewhere, of asking."""
    for group in taxonomy.word_groups:
        yield from group.members
    for _, term in taxonomy.all_terms():
        yield from term.elsewhere
    for vocabulary in taxonomy.vocabularies.values():
        for span in vocabulary.spans:
            yield from span.elsewhere
    asking = taxonomy.asking
    yield from (*asking.openings, *asking.turns, *asking.weak, *asking.weak_in_questions)


def _as_shown(raw: str) -> str:
    # Numeracy as the first word of a label is numeracy; GIRFEC and AifL stay.
    return raw if any(letter.isupper() for letter in raw[1:]) else raw.lower()
