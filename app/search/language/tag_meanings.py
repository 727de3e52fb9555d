"""What tags are called now: a merged or renamed tag is found, shown and offered by its new name.

The index holds tags as they were written, so that a merge changes no document. Here a
tag's other names become other wordings of a query, kept to the field of tags: who merges
*times tables* into *multiplication* says that of the tag, and of no other text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.domain.tags import TagName, slug_of_tag
from app.search.analysis import Word, phrase_of, words
from app.search.language.meanings import (
    VARIANT_WEIGHT,
    Meaning,
    Relation,
    TypedWord,
    Wording,
)

TAGS = "tags"
Key = tuple[str, ...]


class TagMeanings:
    """The tags that are called otherwise than they were written, ready to be looked up."""

    def __init__(self, names: Iterable[TagName] = ()) -> None:
        self._names = {name.slug: name for name in names}
        self._groups: dict[str, list[TagName]] = defaultdict(list)
        for name in self._names.values():
            if name.is_shown:
                self._groups[name.now].append(name)
        self._wordings: dict[Key, tuple[Wording, ...]] = {}
        self._longest: dict[str, int] = {}
        for now, group in self._groups.items():
            self._take(now, group)

    def __bool__(self) -> bool:
        return bool(self._names)

    @property
    def names(self) -> tuple[TagName, ...]:
        """The names that it was made of."""
        return tuple(self._names.values())

    def read(self, typed: Sequence[TypedWord], at: int) -> tuple[int, Meaning] | None:
        """Return how many words from `at` are the name of a tag, and its other names."""
        if not self._longest:
            return None
        longest = self._longest.get(_form(typed[at].word), 0)
        forms = tuple(_form(one.word) for one in typed[at : at + longest])
        for length in range(len(forms), 0, -1):
            found = self._wordings.get(forms[:length])
            if found:
                return length, Meaning(others=found)
        return None

    def names_of(self, typed: Sequence[Word]) -> tuple[Wording, ...]:
        """Return every wording of the tag that these words name."""
        return self._wordings.get(tuple(map(_form, typed)), ())

    def called(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Return tags as they are called now, each once; those that are hidden fall away."""
        if not self._names:
            return tuple(tags)
        kept: dict[str, str] = {}
        for written in tags:
            name = self._names.get(slug_of_tag(written))
            if name is None or name.is_shown:
                now = name.now if name else written
                kept.setdefault(slug_of_tag(now), now)
        return tuple(kept.values())

    def offered(self, written: str) -> str | None:
        """Return what to offer in place of a tag; None where it is offered no more."""
        name = self._names.get(slug_of_tag(written))
        if name is None:
            return written
        return name.now if name.is_offered and name.is_shown else None

    def groups(self) -> Iterable[tuple[str, Sequence[TagName]]]:
        """Yield each name that is offered now, with all that are called so."""
        for now, group in self._groups.items():
            if all(name.is_offered for name in group):
                yield now, group

    def _take(self, now: str, group: Sequence[TagName]) -> None:
        texts = dict.fromkeys((now, *(name.written for name in group)))
        wordings = tuple(wording_of_tag(text, now) for text in texts)
        held = tuple({one.phrase: one for one in reversed(wordings) if one.phrase}.values())
        if len(held) < 2:  # noqa: PLR2004 - one name alone leads nowhere else
            return
        for text in texts:
            key = tuple(_form(word) for word in words(text))
            if key:
                self._wordings.setdefault(key, held)
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))


def wording_of_tag(written: str, now: str) -> Wording:
    """Return a tag's name as a wording, told by the name that it is called by now."""
    return Wording(
        now,
        phrase_of(words(written)),
        fields=(TAGS,),
        weight=VARIANT_WEIGHT,
        relation=Relation.VARIANT,
    )


def _form(word: Word) -> str:
    return word.form or word.surface
