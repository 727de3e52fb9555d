"""The gate's judgement: asks every rule, keeps one finding to a place, and words it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.privacy.authors import find_authors
from app.domain.privacy.cohorts import find_small_cohorts, find_small_schools
from app.domain.privacy.contact_details import find_contact_details
from app.domain.privacy.findings import Finding, Risk, Surroundings, Suspect, fingerprint_of
from app.domain.privacy.initials import find_initials
from app.domain.privacy.numbers import find_birth_dates, find_candidate_numbers
from app.domain.privacy.pupil_names import find_pupil_names
from app.domain.privacy.reading import Reading, read_markdown

# Where two rules point at the same words, the earlier says more.
_ORDER = (
    Risk.CANDIDATE_NUMBER,
    Risk.DATE_OF_BIRTH,
    Risk.EMAIL,
    Risk.TELEPHONE,
    Risk.POSTCODE,
    Risk.DOCUMENT_AUTHOR,
    Risk.PUPIL_NAME,
    Risk.SMALL_COHORT,
    Risk.SMALL_SCHOOL,
    Risk.INITIALS,
)
_COMPANY = 24  # letters on each side that a fingerprint takes along


def find_risks(text: str, around: Surroundings) -> tuple[Finding, ...]:
    """Return the traces of pupils and private people in a Markdown text.

    In order of place, not overlapping; places count in the text as given.
    """
    prose = read_markdown(text, with_code=False)
    everything = read_markdown(text, with_code=True)
    suspects = [*_written(_ask_of_people(prose, around), prose)]
    suspects += _written(_ask_of_numbers(everything, around), everything)
    return tuple(_word(_stand_clear(suspects), text))


def _ask_of_people(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    names = tuple(find_pupil_names(reading, around))
    yield from names
    yield from find_birth_dates(reading, names)
    for rule in (find_initials, find_small_cohorts, find_small_schools, find_authors):
        yield from rule(reading, around)


def _ask_of_numbers(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    yield from find_candidate_numbers(reading, around)
    yield from find_contact_details(reading, around)


def _written(suspects: Iterable[Suspect], reading: Reading) -> Iterator[Suspect]:
    """Lead each suspect back from the reading to its place in the text."""
    for one in suspects:
        start, end = reading.origin(one.start, one.end)
        yield replace(one, start=start, end=end)


def _stand_clear(suspects: Iterable[Suspect]) -> list[Suspect]:
    """Return the suspects that overlap no better one, in order of place."""
    taken: set[int] = set()
    clear = []
    for one in sorted(suspects, key=lambda s: (_ORDER.index(s.risk), s.start - s.end, s.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            clear.append(one)
    return sorted(clear, key=lambda s: s.start)


def _word(clear: list[Suspect], text: str) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for one in clear:
        words = text[one.start : one.end]
        before = _company(text[max(0, one.start - _COMPANY) : one.start], last=True)
        after = _company(text[one.end : one.end + _COMPANY], last=False)
        key = f"{one.risk}\x1f{words}\x1f{before}\x1f{after}"
        mark = fingerprint_of(one.risk, words, before, after, seen[key])
        seen[key] += 1
        yield Finding(one.risk, one.start, one.end, words, one.why, one.suggestion, mark)


def _company(letters: str, *, last: bool) -> str:
    """Return the nearest words on the finding's own line: what lies further off may change."""
    line = letters.rsplit("\n", maxsplit=1)[-1] if last else letters.split("\n", maxsplit=1)[0]
    words = line.split()
    return " ".join(words[-2:] if last else words[:2])
