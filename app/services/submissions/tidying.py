"""What people type, made fit to be kept: what is published must load from its file again."""

import re
from collections.abc import Callable, Mapping

from app.domain.audience import Audience
from app.domain.errors import InvalidInput
from app.domain.facets import BY_NAME
from app.domain.merging import Value
from app.domain.resources import TITLE_LIMIT
from app.domain.taxonomy import Taxonomy
from app.formats.resource_files import DURATION_LIMIT, NAME_LIMIT, SHORT_LIMIT
from app.formats.resource_parts import COHORT_LIMIT, LANGUAGE, LANGUAGE_LIMIT, TAG_LIMIT
from app.formats.term_reading import find_term
from app.models.resources import Revision
from app.services.submissions.draft_fields import LISTS, TAGS, Values, body_fields, fields_of

SUMMARY_LIMIT = 2_000  # characters kept; that it has at most 60 words is asked at submission
MEASURE_LIMIT = 500  # characters
SECTION_LIMIT = 60_000  # characters
MOST_TAGS = 30
MOST_TERMS = 60  # of one facet

# What Word and PowerPoint leave for a line end, and the line ends of other systems.
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Nobody sees or types these, and a file or PostgreSQL would refuse some.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

# Fields that hold one line, and how long it may be, in characters.
_LINES: Mapping[str, int] = {
    "title": TITLE_LIMIT,
    "summary": SUMMARY_LIMIT,
    "evidence_measure": MEASURE_LIMIT,
    "evidence_cohort": COHORT_LIMIT,
    "provider": NAME_LIMIT,
    "language": LANGUAGE_LIMIT,
    "licence": SHORT_LIMIT,
}
_VOCABULARIES: Mapping[str, str] = {
    "evidence_grade": "evidence_grades",
    "evidence_cost": "costs",
    "learning_type": "learning_types",
    "authority": "authorities",
}


class FieldsRefused(InvalidInput):
    """Some fields cannot be kept; `problems` has a sentence for each, by the field's name."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems

    @property
    def more(self) -> Mapping[str, object]:
        """What is the matter, field by field, for a program."""
        return {"fields": [{"field": f, "sentence": s} for f, s in self.problems.items()]}


def tidy(revision: Revision, sent: Values, taxonomy: Taxonomy) -> dict[str, Value]:
    """Return the fields that were sent as they can be kept, under the same names.

    Raises:
        FieldsRefused: some cannot; nothing is left out in silence.
    """
    held = fields_of(revision)
    tidied: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for name, value in sent.items():
        try:
            tidied[name] = _tidied(revision, name, value, held.get(name), taxonomy)
        except InvalidInput as problem:
            problems[name] = str(problem)
    if problems:
        raise FieldsRefused(problems)
    return tidied


def cleaned(text: str) -> str:
    """Return the text with LF line ends and without characters that nobody can see."""
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """Return the text on one line, without space around it."""
    return " ".join(cleaned(text).split())


def _tidied(
    revision: Revision, name: str, value: Value, held: Value | None, taxonomy: Taxonomy
) -> Value:
    if held is None:
        raise InvalidInput(f"There is no field “{name[:60]}” in this form.")
    if name in LISTS:
        words = value if isinstance(value, tuple) else (value,)
        return _tags(words) if name == TAGS else _codes(name, words, held, taxonomy)
    if not isinstance(value, str):
        raise InvalidInput("This takes one text, not a list.")
    if name in body_fields(revision.resource.kind):
        return _limited(cleaned(value), SECTION_LIMIT)
    line = _limited(one_line(value), _LINES.get(name, NAME_LIMIT))
    if line == held:
        return line  # what stands already may stand
    if name in _VOCABULARIES and line:
        _require_term(taxonomy, _VOCABULARIES[name], line)
    if name in _RULES:
        _RULES[name](revision, line, taxonomy)
    return line or ("en" if name == "language" else "")


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(
            f"This has {len(text):,} characters and the limit is {limit:,}: shorten it."
        )
    return text


def _codes(facet: str, codes: tuple[str, ...], held: Value, taxonomy: Taxonomy) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(code for code in map(one_line, codes) if code))
    if len(kept) > MOST_TERMS:
        raise InvalidInput(f"Choose at most {MOST_TERMS}.")
    for code in kept:
        if code not in held:
            _require_term(taxonomy, BY_NAME[facet].vocabulary, code)
    return kept


def _require_term(taxonomy: Taxonomy, vocabulary: str, code: str) -> None:
    terms = taxonomy.vocabularies[vocabulary]
    term = terms.by_code.get(code)
    if term is None or not term.is_offered or find_term(terms, code).code != code:
        raise InvalidInput(f"“{code[:60]}” cannot be chosen: choose one of those offered.")


def _tags(words: tuple[str, ...]) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag for tag in map(one_line, words) if tag))
    if len(tags) > MOST_TAGS:
        raise InvalidInput(f"Use at most {MOST_TAGS} tags: those that others would look for.")
    for tag in tags:
        if len(tag) > TAG_LIMIT:
            raise InvalidInput(f"The tag “{tag[:40]}…” is over {TAG_LIMIT} characters: shorten it.")
    return tags


def _check_audience(_: Revision, text: str, __: Taxonomy) -> None:
    if text not in tuple(Audience):
        raise InvalidInput("Choose who may read it: everyone, staff, or your region.")


def _check_language(_: Revision, text: str, __: Taxonomy) -> None:
    if text and not LANGUAGE.fullmatch(text):
        raise InvalidInput("Choose a language, or give its code: en, gd, sco.")


def _check_duration(_: Revision, text: str, __: Taxonomy) -> None:
    is_number = text.isascii() and text.isdigit() and str(int(text[:20])) == text
    if text and not (is_number and 1 <= int(text) <= DURATION_LIMIT):
        raise InvalidInput("Enter how many minutes it takes, as a whole number such as 60.")


def _check_authority(revision: Revision, text: str, taxonomy: Taxonomy) -> None:
    """A school stands in its authority; only what belongs to a region's lead may choose one."""
    if revision.school_id is not None:
        raise InvalidInput("The authority follows from the school, and cannot be chosen.")
    term = taxonomy.vocabularies["authorities"].by_code.get(text)
    if term is not None and revision.region not in term.broader:
        raise InvalidInput("Choose an authority of your region.")


_RULES: Mapping[str, Callable[[Revision, str, Taxonomy], None]] = {
    "audience": _check_audience,
    "language": _check_language,
    "duration_minutes": _check_duration,
    "authority": _check_authority,
}
