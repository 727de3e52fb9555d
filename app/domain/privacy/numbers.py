"""Finding dates of birth and candidate numbers."""

import re
from collections.abc import Iterator

from app.domain.privacy.findings import Risk, Surroundings, Suspect
from app.domain.privacy.reading import Reading

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:\d{4}|\d{2})|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: \d{{4}}| ’?\d{{2}}\b)?|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b,?(?: \d{{4}})?)(?!\d)"
)
_BORN = (
    r"(?:\bborn(?: on| in)?|\b[Dd]\.? ?[Oo]\.? ?[Bb]\b\.?|\bdates? of birth|"
    r"\bbirth ?dates?|\bbirthdays?|\bb\.|\bturn(?:s|ed|ing) \w{1,9})"
)
_BIRTH = re.compile(
    rf"{_BORN}(?:(?!{_BORN})[^\n|.;]|\.(?=\s?[:\d])){{0,40}}?(?<![\d/.-])({_DATE})", re.I
)
_BIRTHDAY_AFTER = re.compile(
    rf"(?<![\d/.-])({_DATE})[^\n|.;]{{0,20}}\b(?:[Bb]irthday|[Dd]ate of birth|[Dd]\.?[Oo]\.?[Bb])\b"
)
_BESIDE_NAME = re.compile(rf" ?[,(]+ ?({_DATE})(?= ?[,).;]|\s*$)", re.M)
_BIRTH_COLUMN = re.compile(
    r"^[ \t]*\|[^\n]*\b(?:d\.?o\.?b\.?|date of birth|born|birthday)[^\n]*\n((?:[ \t]*\|"
    r"[^\n]*\n?)+)",
    re.M | re.I,
)
_ANY_DATE = re.compile(rf"(?<![\d/.-])({_DATE})")
_YEAR = re.compile(r"\d{4}")
_FIRST_YEAR = 1995  # whoever was born before it is no pupil
_PRETENDED = re.compile(r"\b(?:invented|false|fictional|imaginary|made-up|pretend)\b")

_CUED_NUMBER = re.compile(
    r"(?:\bSCNs?\b|\b(?:Scottish )?candidate (?:number|no|ref\w*)\b|\bSQA (?:number|"
    r"no|id)\b|\bSEEMiS (?:number|no|id|code|ref\w*)\b|"
    r"\bpupil (?:number|no|reference|ref|id)\b|\bCHI(?: number)?\b)[^\n|"
    r"\d]{0,30}?(\d(?:[ ./\-]?\d){7,9})(?!\d)",
    re.I,
)
_NUMBER_COLUMN = re.compile(
    r"^[ \t]*\|[^\n]*\b(?:SCN|candidate (?:number|no))\b[^\n]*\n((?:[ \t]*\|[^\n]*\n?)+)",
    re.M | re.I,
)
_NINE_DIGITS = re.compile(r"(?<![\w£$./:-])([1-9]\d{2}([ -]?)\d{3}\2\d{3})(?![\w%/-]|\.\d)")
_OTHER_NUMBER = re.compile(
    r"\b(?:ISBN|order|invoice|charity|company|VAT|phone|tel\w*|ring|call|fax|account|"
    r"version)\b|£",
    re.I,
)
_PUPIL = re.compile(r"\b(?:pupil|candidate|learner|child|student|boy|girl)\b", re.I)

_WHY_BIRTH = "A date of birth, with a stage or a school, is enough to know a child by."
_WHY_NUMBER = "A candidate number belongs to one pupil for all their years at school."


def find_birth_dates(reading: Reading, names: tuple[Suspect, ...]) -> Iterator[Suspect]:
    """Find dates of birth: by the words beside them, a column, or a pupil's name before them."""
    prose = reading.prose
    spans = [m.span(1) for p in (_BIRTH, _BIRTHDAY_AFTER) for m in p.finditer(prose)]
    for table in _BIRTH_COLUMN.finditer(prose):
        spans += [m.span(1) for m in _ANY_DATE.finditer(prose, *table.span(1))]
    for name in names:
        if match := _BESIDE_NAME.match(prose, name.end):
            spans.append(match.span(1))
    for start, end in dict.fromkeys(spans):
        if not _is_old_or_pretended(reading, start, end):
            year = _YEAR.search(prose[start:end])
            yield Suspect(Risk.DATE_OF_BIRTH, start, end, _WHY_BIRTH, year[0] if year else "")


def _is_old_or_pretended(reading: Reading, start: int, end: int) -> bool:
    year = _YEAR.search(reading.prose[start:end])
    if year and int(year[0]) < _FIRST_YEAR:
        return True
    return bool(_PRETENDED.search(reading.sentence_before(start)))


def find_candidate_numbers(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find candidate numbers: by the words before them, their column, or a pupil beside them."""
    prose = reading.prose
    spans = [m.span(1) for m in _CUED_NUMBER.finditer(prose)]
    for table in _NUMBER_COLUMN.finditer(prose):
        spans += [m.span(1) for m in _NINE_DIGITS.finditer(prose, *table.span(1))]
    for match in _NINE_DIGITS.finditer(prose):
        before = reading.sentence_before(match.start(), 80)
        if _PUPIL.search(before) and not _OTHER_NUMBER.search(before):
            spans.append(match.span(1))
    for start, end in dict.fromkeys(spans):
        yield Suspect(Risk.CANDIDATE_NUMBER, start, end, _WHY_NUMBER)
