"""How a found name is put to the headteacher: why, and what to write in its place."""

import re

from app.domain.privacy.findings import Risk, Suspect
from app.domain.privacy.reading import Reading
from app.domain.privacy.vocabulary import PUPIL, STAGE

_NOUN_BEFORE = re.compile(
    rf"\b({PUPIL}) (?:(?:called|named|whose name (?:is|was)|by the name of|known as) )?[\"“‘]?$"
)
_STAGE_BEFORE = re.compile(rf"\b({STAGE})[’']s $")
_FIRST_WHY = "This looks like the name of a pupil, who could be known by it."
_AGAIN_WHY = "This name was used of a pupil elsewhere in the text."


def name_suspect(reading: Reading, start: int, end: int, *, first: bool) -> Suspect:
    """Return the suspect: with the noun before the name where only the noun need stay."""
    why = _FIRST_WHY if first else _AGAIN_WHY
    window = max(0, start - 50)
    before = reading.prose[window:start]
    if noun := _NOUN_BEFORE.search(before):
        return Suspect(Risk.PUPIL_NAME, window + noun.start(), end, why, noun[1])
    if stage := _STAGE_BEFORE.search(before):
        words = _capital_at_start(
            f"{_article(stage[1])} {stage[1]} pupil", reading, window + stage.start()
        )
        return Suspect(Risk.PUPIL_NAME, window + stage.start(), end, why, words)
    words = "a pupil" if first else "the pupil"
    return Suspect(Risk.PUPIL_NAME, start, end, why, _capital_at_start(words, reading, start))


def _article(stage: str) -> str:
    return "an" if stage[0] in "Ss" and not stage.lower().startswith("secondary") else "a"


def _capital_at_start(words: str, reading: Reading, start: int) -> str:
    begins = not reading.sentence_before(start, 60).strip(' \t"“‘—–-0123456789.#')
    return words[0].upper() + words[1:] if begins else words
