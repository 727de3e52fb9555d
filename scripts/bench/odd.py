"""Odd things to type, made up by chance from what breaks parsers: 2,000 that differ."""

import random
from collections.abc import Iterator, Sequence

from app.domain.search import LONGEST_QUERY

NUMBER = 2000
SEED = 2000
_MARKS = tuple("\"'“”‘’()[]{}*?~^:;-+&|!\\/<>=#@%$`,._ \t\n\x00\u2029\u200b\u202e\ufeff")
_WORDS = ("AND", "OR", "NOT", "TO", "title", "body", "tags", "region", "stage", "year", "a", "the")
_PIECES = (
    *("title:", "-region:", "stage:p5", "[a TO]", "published_on:[20260101 TO", "*ing", "**", "a*"),
    *("' OR 1=1 --", "<script>", "${7*7}", "{{7*7}}", "../../etc/passwd", "%00", "%F0%9F", "&amp;"),
    *(
        "日本語",
        "مدرسة",
        "שלום",
        "🙂",
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "ﬁ½②",
        "İı",
        "ẞ",
        "\ud800",
        "\udfff",
        "\U0010ffff",
    ),
    *("1+2", "2.3.1", "9" * 40, "P5-P7", "S1-S", "Year 5", "PT", "PEF", "e.g.", "o'clock", "'''"),
)
# A few are as long as a person could paste.
_GIANTS = (
    *("(" * 5000, '"' * 5001, "*" * 5000, "a" * 1_000_000, "numeracy " * 20_000, "-" * 5000),
    *("-".join("abcdefgh" * 40), "aaa* " * 500, "title:" * 60, "\u0301" * 2000, "1." * 2000),
    *(" ".join(f"w{number}" for number in range(5000)), '"a b" ' * 500, "pef* " * 60, "P5 " * 100),
)


def odd_strings(typed: Sequence[str], number: int = NUMBER, seed: int = SEED) -> Iterator[str]:
    """Yield different odd strings; words that the library has come from `typed`."""
    chance = random.Random(seed)  # noqa: S311 - the same strings every time
    seen: set[str] = set()
    own = [word for words in typed for word in words.split()] or ["numeracy"]
    for giant in _GIANTS[:number]:
        seen.add(giant)
        yield giant
    while len(seen) < number:
        text = _made(chance, own)
        if text not in seen:
            seen.add(text)
            yield text


def _made(chance: random.Random, own: Sequence[str]) -> str:
    way = chance.randrange(6)
    if way == 0:
        return "".join(chance.choices(_MARKS, k=chance.randrange(1, 40)))
    if way == 1:
        return "".join(chr(_a_letter(chance)) for _ in range(chance.randrange(1, LONGEST_QUERY)))
    if way == 2:  # noqa: PLR2004 - one piece over and over
        return chance.choice((*_PIECES, *own, *_WORDS)) * chance.randrange(2, 120)
    between = chance.choice((" ", "", " ", chance.choice(_MARKS)))
    pieces = chance.choices((*_PIECES, *own, *own, *_WORDS, *_MARKS), k=chance.randrange(1, 30))
    return between.join(pieces)


def _a_letter(chance: random.Random) -> int:
    return chance.choice((chance.randrange(32, 127), chance.randrange(0x110000)))
