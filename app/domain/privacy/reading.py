"""How a Markdown text is read by the rules: the same length, with what is not prose blanked out."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_FENCE = re.compile(
    r"^ {0,3}(`{3,20}|~{3,20})[^\n`~]{0,200}\n.*?(?:^ {0,3}\1[^\n]*$|\Z)", re.M | re.S
)
_INLINE_CODE = re.compile(r"`[^`\n]{1,300}`")
_TARGET = re.compile(r"(?<=\])\((?!mailto:)[^()\s]{0,500}(?:\s+\"[^\"\n]{0,200}\")?\)")
_MAIL_TARGET = re.compile(r"\]\((mailto:)([^()\s]{1,300})\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:\s*<?\w+://\S{0,500}", re.M)
_ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s<>\")]{1,500}|\bwww\.[^\s<>\")]{1,500}", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|&(?:nbsp|shy|zwj);")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:?")
_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|!?\[|\]|~~|(?m:^[ \t]{0,8}>+)")
_TITLE = re.compile(r"(?<![*\w])([*_])([A-ZÀ-Þ][^*_\n]{1,100})\1(?![*\w])")
_SOFT_WRAP = re.compile(r"(?<=[^\s|])\n(?=[ \t]{0,8}[^\s#|>\-*+\d])")
_HEADING = re.compile(r"^#{1,6}[ \t]+([^\n]{1,200})$", re.M)
_SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with"}


@dataclass(frozen=True)
class Reading:
    """Two views of one text, letter for letter in the same places."""

    text: str  # as it was written
    prose: str  # without code, addresses and marks: soft line ends are spaces
    writing: str  # code as well: what looks for numbers and e-mail looks everywhere
    titles: tuple[tuple[int, int], ...]  # works in italics: The Gruffalo
    contact: tuple[tuple[int, int], ...]  # sections headed “Contact”

    def block(self, place: int) -> str:
        """Return the paragraph, row or item around a place, at most some hundred letters of it."""
        start = self.prose.rfind("\n", max(0, place - 600), place) + 1
        end = self.prose.find("\n", place, place + 600)
        return self.prose[max(start, place - 600) : end if end >= 0 else place + 600]

    def sentence_before(self, place: int, most: int = 160) -> str:
        """Return what stands between the beginning of the sentence and the place."""
        window = self.prose[max(0, place - most) : place]
        return _SENTENCE_END.split(window)[-1]

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

    def is_title(self, start: int, end: int) -> bool:
        """Return whether the words lie within the title of a work."""
        return any(a <= start and end <= b for a, b in self.titles_between(start - 100, start))


_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-ZÀ-Þ“\"‘])|\n|\|")


def read_markdown(text: str) -> Reading:
    """Return the text as the rules read it."""
    titles = tuple(m.span(2) for m in _TITLE.finditer(text) if _is_title(m[2]))
    writing = _blank(_TARGET, text)
    writing = _show_mail_once(writing)
    for pattern in (_DEFINITION, _ADDRESS, _TAG, _FOOTNOTE):
        writing = _blank(pattern, writing)
    prose = _blank(_INLINE_CODE, _blank(_FENCE, writing))
    writing, prose = (_blank(_MARKS, view) for view in (writing, prose))
    return Reading(text, _SOFT_WRAP.sub(" ", prose), writing, titles, _contact_sections(text))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Put spaces where the pattern matches, and keep line ends: every place stays where it is."""
    return pattern.sub(lambda m: "".join("\n" if c == "\n" else " " for c in m[0]), text)


def _show_mail_once(text: str) -> str:
    def shown(match: re.Match[str]) -> str:
        address = match[2].partition("?")[0]
        # The visible words are the address itself: it counts once.
        hidden = address in text[max(0, match.start() - len(address)) : match.start()]
        kept = " " * len(address) if hidden else address
        return ("](" + " " * len(match[1]) + kept).ljust(len(match[0]) - 1) + ")"

    return _MAIL_TARGET.sub(shown, text)


def _is_title(words: str) -> bool:
    """Return whether words in italics look like the title of a work: most begin with a capital."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’]*", words) if part not in _SMALL_WORDS]
    capitals = sum(part[0].isupper() for part in parts)
    return not re.search(r"\b[PS][1-7]\b", words) and bool(parts) and capitals == len(parts)


def _contact_sections(text: str) -> tuple[tuple[int, int], ...]:
    headings = list(_HEADING.finditer(text))
    ends = [h.start() for h in headings[1:]] + [len(text)] * bool(headings)
    return tuple(
        (heading.end(), end)
        for heading, end in zip(headings, ends, strict=True)
        if re.match(r"(?:further )?contacts?\b|how to (?:reach|contact)", heading[1].strip(), re.I)
    )
