"""Finding private e-mail addresses, telephone numbers, postcodes and addresses of homes."""

import re
from collections.abc import Iterator

from app.domain.privacy.findings import Risk, Surroundings, Suspect, fold
from app.domain.privacy.reading import Reading
from app.domain.privacy.word_lists import read_words

_EMAIL = re.compile(r"(?<![\w.+-])([\w.+'-]{1,64})@((?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,12})(?![\w-])")
_DESKS = read_words("desks.txt")
_TELEPHONE = re.compile(
    r"(?<![\w+.,/-])(?:\+44|\(\+44\)|0044|\(?0)(?:[ ().\-]{0,2}\d){8,12}(?![\w/]|[.,-]\d)"
)
# One more than there are: a slip of the hand hides nobody.
_LENGTHS = range(10, 13)  # digits
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?) ?\d[ABD-HJLNP-UW-Z]{2}\b")
_STREET = re.compile(
    r"\b(?:[Ff]lat \w{1,4},? )?\d{1,4}[a-d]? (?:[A-Z][\w’']{1,20} ){1,3}(?:Street|"
    r"Road|Avenue|Lane|Crescent|Terrace|Place|Drive|"
    r"Gardens|Court|Close|Way|Wynd|Row|Loan|Brae|Grove|Square|View|Park|St|Rd|Ave|Cres)\b"
)
_PRIVATE = re.compile(
    r"\b(?:home|private|personal|mobile|mum|mother|dad|father|gran|parent|carer|family|"
    r"lives?|living|house)\b",
    re.I,
)
_HOME = re.compile(
    r"\b(?:home|lives?|lived|living|stays?|moved to|leave|house|gran|family|picked up|"
    r"collected|mum|dad)\b",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:school|office|academy|sgoil|bun-sgoil|nursery|college|library|museum|hall|"
    r"church|centre|council|switchboard|enquiries|"
    r"shop|hotel|helpline|network|coordinator|team|university|theatre)\b",
    re.I,
)
_WHY_EMAIL = "This is a person's own e-mail address; the school's office can pass messages on."
_WHY_MOBILE = "This is a mobile number, which is somebody's own."
_WHY_TELEPHONE = "This telephone number is not plainly the school's; it may be a family's."
_WHY_POSTCODE = (
    "A postcode or a street with a number leads to a few front doors; this may be a home."
)


def find_contact_details(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find e-mail addresses, numbers and addresses that are not plainly the school's own."""
    yield from _emails(reading)
    yield from _telephones(reading)
    yield from _homes(reading, around)


def _emails(reading: Reading) -> Iterator[Suspect]:
    for match in _EMAIL.finditer(reading.prose):
        if not set(re.split(r"[._+\d-]+", fold(match[1]))) & _DESKS:
            yield Suspect(Risk.EMAIL, *match.span(), _WHY_EMAIL, "the school office")


def _telephones(reading: Reading) -> Iterator[Suspect]:
    for match in _TELEPHONE.finditer(reading.prose):
        number = _national(match[0])
        start = match.start() + (match[0].startswith("(") and ")" not in match[0])
        if number is None:
            continue
        if number.startswith("07"):
            yield Suspect(Risk.TELEPHONE, start, match.end(), _WHY_MOBILE, "the school office")
        elif not _is_office(reading, start):
            yield Suspect(Risk.TELEPHONE, start, match.end(), _WHY_TELEPHONE, "the school office")


def _national(written: str) -> str | None:
    """Return a person's or a place's number as 0…, or None: for a helpline, or a wrong length."""
    digits = re.sub(r"\D", "", written)
    if written.lstrip("(").startswith("+44") or digits.startswith("0044"):
        digits = "0" + digits.removeprefix("0044").removeprefix("44").removeprefix("0")
    is_private = digits[:2] in {"01", "02", "07"} and len(digits) in _LENGTHS
    return digits if is_private else None


def _is_office(reading: Reading, place: int) -> bool:
    """Return whether the number is the school's: in its Contact section, or beside such words."""
    words = reading.sentence_before(place) + " " + reading.sentence_after(place, 80)
    if _PRIVATE.search(words):
        return False
    return reading.is_contact(place) or bool(_OFFICE.search(words))


def _homes(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    past = 0
    spots = sorted(
        m.span() for pattern in (_STREET, _POSTCODE) for m in pattern.finditer(reading.prose)
    )
    for start, end in spots:
        if start < past or _is_public_place(reading, start, end, around):
            continue
        past = end
        following = _POSTCODE.search(reading.prose, end, end + 40)
        if following and "\n" not in reading.prose[end : following.start()]:
            past = following.end()
        yield Suspect(Risk.POSTCODE, start, past, _WHY_POSTCODE)


def _is_public_place(reading: Reading, start: int, end: int, around: Surroundings) -> bool:
    before, after = reading.sentence_before(start), reading.sentence_after(end, 80)
    if _HOME.search(before):
        return False
    words = before + " " + after
    named = bool(around.school_name) and fold(around.school_name) in fold(words)
    return named or reading.is_contact(start) or bool(_OFFICE.search(words))
