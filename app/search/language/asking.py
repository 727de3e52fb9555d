"""Which words of a query tell how somebody asks, not about what: they fall away or count little.

The words are data: content/taxonomy/asking.yaml.
"""

from collections.abc import Sequence

from app.domain.taxonomy import Asking, fold
from app.search.analysis import words
from app.search.language.meanings import TypedWord

SHORTEST_QUESTION = 2  # words

Key = tuple[str, ...]


class AskingWords:
    """The turns and words of those who ask, ready to be looked up."""

    def __init__(self, asking: Asking) -> None:
        self._openings = frozenset(map(fold, asking.openings))
        self._turns = {tuple(word.surface for word in words(turn)) for turn in asking.turns}
        self._longest: dict[str, int] = {}
        for turn in self._turns:
            self._longest[turn[0]] = max(self._longest.get(turn[0], 0), len(turn))
        self._weak = _forms(asking.weak)
        self._weak_in_questions = self._weak | _forms(asking.weak_in_questions)

    def is_question(self, typed: Sequence[TypedWord], text: str) -> bool:
        """Say whether somebody asks: by the first word, a turn, or a question mark."""
        if len(typed) < SHORTEST_QUESTION:
            return False
        if text.rstrip().endswith("?") or typed[0].word.surface in self._openings:
            return True
        return any(self.turn_at(typed, at) for at in range(len(typed)))

    def turn_at(self, typed: Sequence[TypedWord], at: int) -> int:
        """Return how many words from `at` are a turn that falls away; 0 where none."""
        longest = self._longest.get(typed[at].word.surface, 0)
        surfaces = tuple(one.word.surface for one in typed[at : at + longest])
        for length in range(len(surfaces), 0, -1):
            if surfaces[:length] in self._turns:
                return length
        return 0

    def is_weak(self, form: str, is_question: bool) -> bool:
        """Say whether a single word says little."""
        return form in (self._weak_in_questions if is_question else self._weak)


def _forms(found: Sequence[str]) -> frozenset[str]:
    return frozenset(word.form for text in found for word in words(text) if word.form)
