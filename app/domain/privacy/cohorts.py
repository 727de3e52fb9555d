"""Finding groups of fewer than five, and pupils whom a small school makes known."""

import re
from collections.abc import Iterator

from app.domain.privacy.findings import Risk, Surroundings, Suspect
from app.domain.privacy.reading import Reading
from app.domain.privacy.vocabulary import CIRCUMSTANCE, NUMBERS, PUPIL, PUPILS, STAGE, number_of

_FEW = r"(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Aa] single|[1-4])"
# What may stand between the number and the pupils: “our”, “new”, “the”; never “groups of”.
_ADJECTIVE = (
    r"(?:(?!(?:of|in|to|for|from|and|or|on|at|with|by|weeks?|days?|hours?|minutes|"
    r"groups?|pairs?|classes|class|teachers?|"
    r"adults?|staff|lessons?|times|schools?|pupils?|child(?:ren)?)\b)[\w’'-]{2,20} )"
)
_PEOPLE = rf"(?:{PUPILS}|brothers|sisters|famil(?:y|ies)|carers|refugees)"
_WHERE = rf"(?:,? (?:in|from|at|aged?) (?:our |the )?(?:{STAGE}|\w+){{1}})?"
_WITH = (
    r",? (?:(?:who|that) )?(?:with|on|in|has|have|had|is|are|was|were|entitled to|"
    r"eligible for|receiving|registered for|from|"
    r"living|at|under|using|without|diagnosed with|identified as|described as|did|do|could|not)\b"
)
_LINK = r"(?: (?!and\b|or\b|but\b)[\w’'-]{1,20}){0,4}?"
_COUNTED = re.compile(
    rf"(?<![\w.,£%/-])({_FEW} {_ADJECTIVE}{{0,3}}?{_PEOPLE}{_WHERE}{_WITH}{_LINK} {CIRCUMSTANCE})"
)
_KIND = re.compile(
    rf"(?<![\w.,£%/-])((?:{_FEW}) {_ADJECTIVE}{{0,2}}?{CIRCUMSTANCE} "
    rf"{_ADJECTIVE}{{0,1}}{_PEOPLE}(?: in {STAGE})?)"
)
# “One of our pupils with autism” counts nobody; “three of our pupils with autism” does.
_SOME_OF_OURS = re.compile(
    rf"(?<![\w.,£%/-])((?:[Tt]wo|[Tt]hree|[Ff]our|[2-4]) of (?:our|"
    rf"the) (?:{CIRCUMSTANCE} {_PEOPLE}|{_PEOPLE}{_WITH}{_LINK} {CIRCUMSTANCE}))"
)
_SOME_OF_THEM = re.compile(
    rf"(?<![\w.,£%/-])({_FEW} of (?:the|our|these|those|them) ?\w{{0,9}} "
    rf"(?:are|is|have|has|were|was|had){_LINK} {CIRCUMSTANCE})"
)
_CALLED = re.compile(
    rf"(?<![\w.,£%/-])({_FEW} {_ADJECTIVE}{{0,2}}?(?:young carers?|refugees?|"
    rf"asylum seekers?|Travellers?|wheelchair users?))\b"
)
_WITHOUT_NUMBER = re.compile(rf"(?<![\w.,£%/-])({_FEW} {_PEOPLE} without (?:any )?English)\b")
_OF_STAGE = re.compile(
    rf"(?<![\w.,£%/-])(?:({_FEW} of (?:our|the) (?:{_FEW}|five|six|seven|"
    rf"[5-9]) (?:{STAGE}s?|{PUPILS}))|(?:[Oo]ur|[Tt]he school[’']s) ({_FEW} {STAGE}s)|"
    rf"([Oo]nly {_FEW} {STAGE}s|[Oo]nly {_FEW} {PUPILS} in {STAGE}))\b"
)
_FAILED = re.compile(
    rf"(?<![\w.,£%/-])({_FEW} {_ADJECTIVE}{{0,2}}?{PUPILS}(?: in {STAGE})? (?:did not|"
    rf"failed to|have not|had not) (?:achieve|reach|meet|pass|attain)\w*)"
)
_ROW = re.compile(r"^[ \t]*\|([^|\n]{3,80})\|([^\n]*)$", re.M)
_FEW_ALONE = re.compile(r"(?:^|\|)\s*[1-4]\s*(?:\||$)")
_CIRCUMSTANCE = re.compile(rf"(?<!\w){CIRCUMSTANCE}")
_FEWER = re.compile(
    r"\b(?:fewer|less) than $|\b(?:at least|more than|over|every|each) $|[–-] ?$|\bto $", re.I
)
_A_SHARE = re.compile(r" (?:out of|in) (?:every )?(?:\d|four|five|six|ten|twenty)")

_SMALL_ROLL = 50
_NUMBER = rf"(\d{{1,3}}|(?:twenty|thirty|forty)[- ]\w{{3,5}}|{'|'.join(NUMBERS)})"
_ROLL = re.compile(
    rf"\broll (?:is|of|was|stands at|has)(?: now| only| about| just)? {_NUMBER}\b|"
    rf"\b{_NUMBER} (?:\w+ )?(?:on|in) (?:the|our) roll\b|"
    rf"\bschool (?:of|with|has)(?: only| just)? {_NUMBER} (?:pupils|children|learners)\b|"
    rf"\b[Oo]ur {_NUMBER} (?:pupils|children)\b|\b{_NUMBER} (?:pupils|children) from P1 to P7\b",
)
_ONLY = re.compile(
    rf"\b((?:[Oo]ur|[Tt]he|[Tt]he school[’']s) (?:only|one|single|"
    rf"sole) (?:{STAGE}(?: {PUPIL})?|(?:pupil|child|boy|girl|"
    rf"learner)(?: in {STAGE})?))\b(?! (?:class|teacher))"
)
_ONE = rf"(?:{PUPIL}|family|mother|father|twins)\b"
_UNUSUAL = (
    re.compile(
        rf"\b((?:[Oo]ur|[Tt]he|[Aa]n?) (?:{CIRCUMSTANCE} user|young carer|"
        rf"refugee)(?: in {STAGE})?)\b"
    ),
    re.compile(rf"\b((?:[Oo]ur|[Tt]he|[Aa]n?|[Oo]ne) (?:\w+ )?{CIRCUMSTANCE} (?:\w+ )?{_ONE})"),
    re.compile(
        rf"\b((?:(?:[Oo]ur|[Tt]he|"
        rf"[Aa]n?) )?(?:\w+ )?{PUPIL}{_WITH}(?: [\w’'-]{{1,20}}){{0,3}}? {CIRCUMSTANCE})"
    ),
    re.compile(rf"\b([Oo]ur {CIRCUMSTANCE} (?:pupils|children|learners|families|boys|girls))"),
)
_THE_ONE = re.compile(rf"\b([Tt]he (?:boy|girl|pupil|child|learner) in {STAGE})")
_NEAR = 120  # letters before and after a circumstance
_WHY_COHORT = (
    "Fewer than five pupils are counted by something about them, "
    "so those who know the school can tell who they are."
)
_WHY_SCHOOL = "In a school this small, whoever has this circumstance is known to every neighbour."
_WHY_ONLY = "There is one such pupil, so everybody who knows the school knows who it is."
_MANY = {
    "pupil": "pupils", "child": "children", "learner": "learners", "boy": "pupils",
    "girl": "pupils", "student": "students", "candidate": "candidates",
    "family": "families", "carer": "carers",
    "refugee": "refugees",
}  # fmt: skip


def find_small_cohorts(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find one to four pupils counted by a circumstance, in sentences and in tables."""
    prose = reading.prose
    matches = [m for p in (_CALLED, _WITHOUT_NUMBER, _OF_STAGE, _FAILED) for m in p.finditer(prose)]
    matches += _match_near_circumstances((_COUNTED, _KIND, _SOME_OF_OURS, _SOME_OF_THEM), prose)
    for match in matches:
        start, end = match.span(match.lastindex or 0)
        before = prose[max(0, start - 15) : start]
        if not _FEWER.search(before) and not _A_SHARE.match(prose[end : end + 20]):
            words = _of_fewer_than_five(prose[start:end])
            yield Suspect(Risk.SMALL_COHORT, start, end, _WHY_COHORT, words)
    for row in _ROW.finditer(prose):
        label = row[1].strip()
        if _CIRCUMSTANCE.search(label) and _FEW_ALONE.search(row[2]):
            start = row.start(1) + row[1].index(label)
            yield Suspect(Risk.SMALL_COHORT, start, start + len(label), _WHY_COHORT)


def _match_near_circumstances(
    patterns: tuple[re.Pattern[str], ...], prose: str
) -> Iterator[re.Match[str]]:
    """Match only where a circumstance is near: the patterns are dear, and most text has none."""
    past = 0
    for circumstance in _CIRCUMSTANCE.finditer(prose):
        if circumstance.end() + _NEAR // 2 < past:
            continue
        start = max(0, circumstance.start() - _NEAR)
        past = circumstance.end() + _NEAR
        for pattern in patterns:
            yield from pattern.finditer(prose, start, past)


def _of_fewer_than_five(words: str) -> str:
    """Return the words with “fewer than five” for the number, and a plural: “One child with …”."""
    rest = re.sub(rf"^(?:[Oo]nly )?{_FEW} (?:of (?:our|the) )?", "", words)
    for one, many in _MANY.items():
        rest = re.sub(rf"\b{one}\b", many, rest, count=1)
    start = "Fewer" if words[0].isupper() else "fewer"
    return f"{start} than five {rest}"


def find_small_schools(reading: Reading, around: Surroundings) -> Iterator[Suspect]:
    """Find the only pupil of a stage, and, below a roll of fifty, any unusual circumstance."""
    prose = reading.prose
    for match in _ONLY.finditer(prose):
        words = "One of our pupils" if match[1][0].isupper() else "one of our pupils"
        yield Suspect(Risk.SMALL_SCHOOL, *match.span(1), _WHY_ONLY, words)
    if not _is_small(prose, around):
        return
    for match in _THE_ONE.finditer(prose):
        yield Suspect(Risk.SMALL_SCHOOL, *match.span(1), _WHY_SCHOOL, _plain(match[1]))
    for match in _match_near_circumstances(_UNUSUAL, prose):
        yield Suspect(Risk.SMALL_SCHOOL, *match.span(1), _WHY_SCHOOL, _plain(match[1]))


def _is_small(prose: str, around: Surroundings) -> bool:
    """Return whether the form or the text says that the roll is below fifty."""
    if around.school_roll is not None:
        return around.school_roll < _SMALL_ROLL
    told = (number_of(next(g for g in m.groups() if g)) for m in _ROLL.finditer(prose))
    return any(number is not None and number < _SMALL_ROLL for number in told)


def _plain(words: str) -> str:
    """Return the words without the circumstance: a pupil, a family."""
    noun = re.search(rf"\b(?:pupils|children|families|family|mother|father|{PUPIL})\b", words)
    if noun is None or noun.end() == len(words.split(" ", maxsplit=1)[0]):
        return noun[0] if noun else ""
    return ("A " if words[0].isupper() else "a ") + noun[0].lower()
