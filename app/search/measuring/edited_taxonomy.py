"""The taxonomy as it would be without a word, to see what an edit would cost."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Taxonomy, Vocabulary, WordGroup, fold


def without_synonym(taxonomy: Taxonomy, word: str) -> Taxonomy:
    """Return the taxonomy without this other name.

    A group that is named by it (an acronym, the first of its words) goes whole;
    out of other groups, and out of the aliases of terms, only the word goes.

    Raises:
        InvalidInput: the taxonomy has no such word.
    """
    groups = tuple(_groups(taxonomy, fold(word)))
    vocabularies = {
        name: _without_alias(vocabulary, fold(word))
        for name, vocabulary in taxonomy.vocabularies.items()
    }
    edited = replace(taxonomy, word_groups=groups, vocabularies=vocabularies)
    if edited == taxonomy:
        raise InvalidInput(f"The taxonomy has no synonym or alias “{word}”.")
    return edited


def _groups(taxonomy: Taxonomy, word: str) -> Iterator[WordGroup]:
    for group in taxonomy.word_groups:
        members = tuple(member for member in group.members if fold(member) != word)
        if len(members) == len(group.members):
            yield group
        elif fold(group.members[0]) != word and len(members) > 1:
            yield replace(group, members=members)


def _without_alias(vocabulary: Vocabulary, word: str) -> Vocabulary:
    terms = (
        replace(term, aliases=tuple(alias for alias in term.aliases if fold(alias) != word))
        for term in vocabulary.terms
    )
    return replace(vocabulary, terms=tuple(terms))
