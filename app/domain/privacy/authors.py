"""Finding the names that a document's properties give, where they turn up in its text."""

import re
from collections.abc import Iterator

from app.domain.privacy.findings import Risk, Surroundings, Suspect, fold
from app.domain.privacy.reading import Reading
from app.domain.privacy.word_lists import read_words

_NOBODY = read_words("authors_that_are_nobody.txt")
_TITLES = r"(?:Mrs|Mr|Ms|Miss|Mx|Dr)\.? "
_SHORTEST = 4  # letters of a name that stands alone
_WHY = "The Word file names this person as an author; role and school are enough here."


def find_authors(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find each author of the file by the whole name, either way round, or by title and surname."""
    for author in around.document_authors:
        words = [w for w in re.split(r"[\s,;]+", author) if w]
        if not words or {fold(word) for word in words} & _NOBODY:
            continue
        if len(words) == 1 and len(words[0]) < _SHORTEST:
            continue
        for match in _pattern_of(words).finditer(reading.prose):
            yield Suspect(Risk.DOCUMENT_AUTHOR, *match.span(), _WHY, "the author")


def _pattern_of(words: list[str]) -> re.Pattern[str]:
    quoted = [re.escape(word) for word in words]
    ways = [" +".join(quoted)]
    if len(quoted) > 1:
        ways += [f"{quoted[-1]}, +{' +'.join(quoted[:-1])}", f"{_TITLES}{quoted[-1]}"]
        ways.append(f"{re.escape(words[0][0])}\\.? +{quoted[-1]}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.I)
