"""How the rules read a Markdown text: without what is not prose, and with the way back."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_OUT = "\x00"  # stands for a letter to take out, until all of them are
_FENCE = re.compile(
    r"^ {0,3}(`{3,20}|~{3,20})[^\n`~]{0,200}\n.*?(?:^ {0,3}\1[^\n]*$|\Z)", re.M | re.S
)
_INLINE_CODE = re.compile(r"`[^`\n]{1,300}`")
_TARGET = re.compile(r"(?<=\])\((?!mailto:)[^()\s]{0,500}(?:\s+\"[^\"\n]{0,200}\")?\)")
_MAIL_TARGET = re.compile(r"\]\((mailto:)([^()\s]{1,300})\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:\s*<?\w{1,20}://\S{0,500}", re.M)
_ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s<>\")]{1,500}|\bwww\.[^\s<>\")]{1,500}", re.I)
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:?")
_MARKS = re.compile(
    r"\*{1,3}|(?<![^\W_])_{1,2}|_{1,2}(?![^\W_])|!?\[|\]|~~|(?m:^[ \t]{0,8}>+)|"
    r"\\(?=[^\w\s])|[\r\u200b-\u200d\u00ad\ufeff\x00]"
)
_SPACE = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|&nbsp;|[\t\u00a0\u2009\u202f]")
_SOFT_WRAP = re.compile(
    r"^(?![ \t]*[#|])([^\n]*[^\s|])\n(?=[ \x00]{0,12}[^\s\x00#|>\-*+\d—–])", re.M
)
_RUN = re.compile(r"[ \x00]{2,}|\x00")
_TITLE = re.compile(r"(?<![*\w])([*_])([A-ZÀ-Þ][^*_\n]{1,100})\1(?![*\w])")
_HEADING = re.compile(r"^#{1,6}[ \t]+([^\n]{1,200})$", re.M)
_CONTACT = re.compile(r"(?:further )?contacts?\b|how to (?:reach|contact)", re.I)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-ZÀ-Þ“\"‘])|\n|\|")
_SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with"}


@dataclass(frozen=True)
class Reading:
    """One view of a text. All places count in `prose`; `origin` leads back to the text."""

    text: str  # as it was written
    prose: str  # without addresses and marks; soft line ends and runs of spaces are one space
    titles: tuple[tuple[int, int], ...]  # works in italics, in order: The Gruffalo
    contact: tuple[tuple[int, int], ...]  # sections headed “Contact”, in order
    turns: tuple[int, ...]  # places of prose from which on something more was left out
    shifts: tuple[int, ...]  # how much in all, from each turn on

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where words of the prose stand in the text."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, place: int) -> int:
        return place + self.shifts[bisect_right(self.turns, place) - 1]

    def block(self, place: int) -> str:
        """Return the paragraph, row or item around a place, at most 600 letters each way."""
        start = self.prose.rfind("\n", max(0, place - 600), place) + 1
        end = self.prose.find("\n", place, place + 600)
        return self.prose[max(start, place - 600) : end if end >= 0 else place + 600]

    def sentence_before(self, place: int, most: int = 160) -> str:
        """Return what stands between the beginning of the sentence and the place."""
        return _SENTENCE_END.split(self.prose[max(0, place - most) : place])[-1]

    def sentence_after(self, place: int, most: int = 160) -> str:
        """Return what stands between the place and the end of the sentence."""
        return _SENTENCE_END.split(self.prose[place : place + most], maxsplit=1)[0]

    def is_contact(self, place: int) -> bool:
        """Return whether the place lies in a section headed “Contact”."""
        before = bisect_right(self.contact, (place, len(self.text)))
        return before > 0 and place < self.contact[before - 1][1]

    def titles_between(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the titles of works that begin between two places, in order."""
        first = bisect_left(self.titles, (start, 0))
        return self.titles[first : bisect_left(self.titles, (end, end + 1))]


def read_markdown(text: str, *, with_code: bool) -> Reading:
    """Return the text as the rules read it.

    Names are looked for in prose; numbers and e-mail in code as well.
    """
    marked = _show_mail_once(_take_out(_TARGET, text))
    for pattern in (_DEFINITION, _ADDRESS, _FOOTNOTE):
        marked = _take_out(pattern, marked)
    if not with_code:
        marked = _take_out(_INLINE_CODE, _take_out(_FENCE, marked))
    marked = _SPACE.sub(lambda m: " " * len(m[0]), _take_out(_MARKS, marked))
    prose, turns, shifts = _close_up(_SOFT_WRAP.sub(r"\1 ", marked))
    places = _Places(turns, shifts)
    titles = (m.span(2) for m in _TITLE.finditer(text) if _is_title(m[2]))
    return Reading(
        text, prose, places.of(titles), places.of(_contact_sections(text)), turns, shifts
    )


def _take_out(pattern: re.Pattern[str], text: str) -> str:
    """Mark what the pattern matches as taken out, and keep line ends."""
    return pattern.sub(lambda m: "\n".join(_OUT * len(part) for part in m[0].split("\n")), text)


def _show_mail_once(text: str) -> str:
    def shown(match: re.Match[str]) -> str:
        address = match[2].partition("?")[0]
        # The visible words are the address itself: it counts once.
        hidden = text.endswith(address, max(0, match.start() - len(address)), match.start())
        kept = _OUT * len(address) if hidden else address
        rest = len(match[2]) - len(address)
        return "] " + _OUT * len(match[1]) + kept + _OUT * (rest + 1)

    return _MAIL_TARGET.sub(shown, text)


def _close_up(marked: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Return the text without what is taken out, and the turns and shifts that lead back."""
    pieces: list[str] = []
    turns, shifts = [0], [0]
    past = length = 0
    for match in _RUN.finditer(marked):
        piece = marked[past : match.start()] + " " * (" " in match[0])
        pieces.append(piece)
        length += len(piece)
        past = match.end()
        if turns[-1] < length:
            turns.append(length)
            shifts.append(0)
        shifts[-1] = past - length
    pieces.append(marked[past:])
    return "".join(pieces), tuple(turns), tuple(shifts)


@dataclass(frozen=True)
class _Places:
    """Leads from the text as written to the prose."""

    turns: tuple[int, ...]
    shifts: tuple[int, ...]

    def of(self, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        starts = [turn + shift for turn, shift in zip(self.turns, self.shifts, strict=True)]

        def place(written: int) -> int:
            at = max(0, bisect_right(starts, written) - 1)
            following = self.turns[at + 1] if at + 1 < len(self.turns) else written
            return max(0, min(written - self.shifts[at], following))

        return tuple((place(start), place(end)) for start, end in spans)


def _is_title(words: str) -> bool:
    """Return whether words in italics look like the title of a work: most begin with a capital."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’]*", words) if part not in _SMALL_WORDS]
    return not re.search(r"\b[PS][1-7]\b", words) and all(part[0].isupper() for part in parts)


def _contact_sections(text: str) -> tuple[tuple[int, int], ...]:
    headings = list(_HEADING.finditer(text))
    ends = [h.start() for h in headings[1:]] + [len(text)] * bool(headings)
    return tuple(
        (heading.end(), end)
        for heading, end in zip(headings, ends, strict=True)
        if _CONTACT.match(heading[1].strip())
    )
