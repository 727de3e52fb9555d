"""The words beside a name by which it is known for a pupil's, an adult's, or nobody's."""

import re
from functools import lru_cache

from app.domain.privacy.findings import Surroundings, fold
from app.domain.privacy.given_names import public_people
from app.domain.privacy.reading import Reading
from app.domain.privacy.vocabulary import (
    ADULT_AT_STAGE,
    FRIEND,
    KIN,
    PUPIL,
    ROLE,
    STAGE,
    TITLE,
)

_LETTER = r"[^\W\d_]"
WORD = rf"(?:[A-ZÀ-Þ][’'])?[A-ZÀ-ÞŁŚŻŹĆŠŽČŞ]{_LETTER}{{1,25}}(?:-[A-ZÀ-Þ]{_LETTER}{{1,25}}){{0,2}}"
_NAMED = r"(?:called|named|whose name (?:is|was)|by the name of|known as)"
_FILLER = (
    r"(?:then|now|still|who|is|was|both|all|another|one|of|the|our|an?|aged|age|from|"
    r"in|my|his|her|their|youngest|eldest|"
    r"year|old|also|only)"
)
_HUMAN = (
    r"(?:said|says|told|tells|asked|asks|wrote|writes|read|reads|was|is|has|had|can|"
    r"could|would|will|did|does|loves?|loved|"
    r"came|comes|went|goes|began|chose|chooses|made|makes|now|still|never|used|showed|"
    r"shows|joined|leads?|and)"
)
_LEARNING = (
    r"(?:reading|writing|attendance|confidence|progress|behaviour|attainment|learning|"
    r"spelling|handwriting|numeracy|literacy|"
    r"classmates|class teacher|peers|homework|speech|target|targets|timetable|plan|"
    r"needs|anxiety|jotter|desk|school)"
)

# Enough for any given name, also for one that is a word: what follows it.
AFTER_ALWAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:[’']s)? ?\((?:then |now |aged? |in )?(?:{STAGE}(?!{ADULT_AT_STAGE})|"
        rf"\d{{1,2}}(?:\)| years?\b| yrs?\b)|(?:an? |our )?{PUPIL}\b)",
        # A person is in one stage; a topic runs through several: “in P5, P6 and P7”.
        rf",? (?:in|from) (?:our |my |the )?{STAGE}(?!{ADULT_AT_STAGE})(?!(?:,| and|"
        rf" or| to|[–-]) ?{STAGE})",
        rf" [–—-] {STAGE}(?!{ADULT_AT_STAGE})",
        r",? \(?(?:DO?B\b|[Dd]\.?[Oo]\.?[Bb]|[Dd]ate of birth|born on|b\. ?\d)",
        r",? turn(?:s|ed) (?:\d|[a-z])",
        rf", (?:{_FILLER} ){{1,6}}(?:\w+ )?{STAGE}(?:s\b)?(?!{ADULT_AT_STAGE})",
        rf", (?:{_FILLER} ){{1,4}}(?:\w+ )?{PUPIL}\b",
        rf", {STAGE}(?=\s*(?:[,.;:)—–]|$)|(?: [\w-]+){{0,2}} (?:{PUPIL}|leader|"
        rf"ambassador|buddy)\b)",
        r", (?:aged? )?(?:[3-9]|1[0-8])(?= ?[,.;:)—]| years?\b|$)",
        rf"[’']s (?:{KIN})\b",
        rf" and (?:his|her|their) (?:\w+ )?{FRIEND}\b",
        rf",? whose (?:{KIN})\b",
        r",? (?:also |who is |who was |both )?in (?:the same|my|our|her|his|their|"
        r"another) class\b",
    )
)
# Enough for any given name: what stands before it.
BEFORE_ALWAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{PUPIL} (?:{_NAMED} )?[\"“‘]?$",
        rf"\b{PUPIL}\b[^.;|]{{0,40}} {_NAMED} [\"“‘]?$",
        rf"\b(?:{KIN}|[Mm]um|[Dd]ad|[Mm]other|[Ff]ather|[Gg]ran) of (?:\w+ and )?$",
        rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y) (?:\w+ )?{FRIEND},? $",
        rf"\b{STAGE}(?:[’']s| (?:\w+ )?{PUPIL},?| (?!{ROLE}s?\b)[a-z]+(?:er|or|ee|ant|"
        rf"ain|dy|ct)) $",
    )
)
# Enough for a name that is nothing else, and has no surname: what stands before it.
BEFORE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{STAGE} $",
        rf"(?:\b{PUPIL}|\b(?:[Tt]wins|[Ss]iblings|[Bb]rothers|[Ss]isters)),? $",
        r"\b(?:pupils|children|learners|boys|girls|friends),? $",
        r"\b(?:wee|little|young) $",
        r"^\s*[—–-]{1,2} ?$",
    )
)
_EDGE = re.compile(r"\s*(?:[,.;:)(—–]|$)|(?:[’']s)? (?:who|is|was|said)\b")
_NO_ADULT = rf"(?:(?!\b{ROLE}\b)[^.;|]){{0,45}}"
# Enough for a name that is nothing else, and has no surname: before and after it together.
AFTER = (
    (
        re.compile(
            rf"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Oo]ur|[Mm]y|"
            rf"{STAGE}) (?:\w+ ){{0,2}}{PUPIL}\b(?![’']){_NO_ADULT}, $"
        ),
        _EDGE,
    ),
    (re.compile(r""), re.compile(rf"[’']s {_LEARNING}\b")),
    (
        re.compile(r"(?:^\s*|[.;:] )(?:For|With|To|Like) $"),
        re.compile(r",? (?:the|it|this|that|we|she|he|school)\b"),
    ),
    (
        re.compile(r"(?:^\s*|[,;:] )$"),
        re.compile(
            r",? (?:can now|now (?:reads|writes|has|can|is|comes)|used to|"
            r"struggle[sd]|found (?:it|reading|writing|maths)|"
            r"made (?:\w+ )?progress|told (?:us|me|staff)|joined (?:us|the class|our)|"
            r"came to us|has (?:ASN|autism|ADHD|dyslexia)|"
            r"was (?:diagnosed|reluctant|non-verbal|excluded|referred|disengaged|"
            r"anxious)|is (?:autistic|dyslexic|non-verbal)|"
            r"refused to|would not|arrived (?:in|at|from|with)|loves (?:coming|"
            r"reading|writing|maths|school))\b"
        ),
    ),
)
# Names that no list has. Group 1 is the name.
UNLISTED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{PUPIL} {_NAMED} [\"“‘]?({WORD}(?: {WORD}){{0,2}})",
        rf"\b(?:[Mm]um|[Dd]ad|[Mm]other|[Ff]ather|[Gg]ran|[Ss]ister|[Bb]rother) of ({WORD})",
        rf"\b(?:pupil|child|boy|girl|learner|lass|lad) ({WORD}(?: {WORD})?)(?=[ ,.’'(]|$)",
        rf"\b({WORD}(?: {WORD})?),? (?:\({STAGE}\)|(?:in|from) {STAGE}),? (?:said|says|"
        rf"told|asked|wrote|who)\b",
        rf"(?<![\w.])([A-Z]\.? {WORD}),? (?:\({STAGE}\)|(?:in|from) {STAGE})",
        rf"\b({WORD})[’']s (?:mum|mam|dad|gran|granny)\b",
    )
)

# A table whose first column is of pupils; group 1 is its rows.
PUPIL_COLUMN = re.compile(
    r"^[ \t]*\|[ \t]*(?:Pupils?|Learners?|Child(?:ren)?|Names?|Students?|"
    r"Candidates?)(?:[’']?s? names?)?[ \t]*\|[^\n]*\n((?:[ \t]*\|[^\n]*(?:\n|$))+)",
    re.M | re.I,
)
FIRST_CELL = re.compile(rf"^[ \t]*\|[ \t]*({WORD})[^|\n]*\|", re.M)

_ADULT_BEFORE = re.compile(
    rf"(?:\b{TITLE} |\b(?:{ROLE})s?,? [\"“]?|\b{ROLE}s? (?:called|named) |\b{TITLE} {WORD} )$"
)
_ADULT_AFTER = re.compile(
    rf",? \(?(?:our|the|an?|who is our|now our) (?:[\w-]+ ){{0,3}}?(?:{ROLE})\b|"
    rf",? {STAGE}{ADULT_AT_STAGE}"
)
_PLACE = re.compile(
    r"\b(?:School|Academy|Primary|Secondary|College|Street|Road|Avenue|Lane|House|"
    r"Centre|Park|Trust|University|Castle|Church|"
    r"Hospital|Museum|Library|Award|Prize|Foundation|Council|Island|Isle|Cup|Day|Week|"
    r"Festival|Scheme|Method)\b"
)
_LONG_AGO = re.compile(r"\b(?:1[0-8]\d\d|19[0-7]\d)\b")
_PRETENDED = re.compile(
    r"\b(?:pretend(?:s|ed|ing)? to be|an? (?:invented|imaginary|fictional|made-up)|"
    r"false (?:name|birthday)|"
    r"(?:[Nn]ot|instead of|rather than|avoid writing) [\"“‘])"
)
_ABOUT_A_WORK = re.compile(r"(?:\b(?:in|from|of) *$)", re.I)
_WORK_TELLS = re.compile(r"[\s*_]*(?:\(|has\b|is about\b|tells?\b|where\b|in which\b)")
# A given name by itself, doing what people do, is a pupil's unless something tells otherwise.
_ACTS = re.compile(
    r"(?: too,?)?(?:[’']s\b(?! [A-Z])| \(?(?:he|she)\b|"
    r",? who\b(?! (?:runs|works|teaches|manages|owns|leads|lives))| to [a-z]+|"
    r" (?:[a-z]+ly |now |still |never |then |soon |also )?(?:[a-z]{2,12}ed|"
    r"said|says|told|asks?|wrote|writes|reads?|loves?|came|comes|went|goes|began|"
    r"begins|chose|chooses|made|makes|shows|joins|struggles|can|could|would|will|"
    r"was|is|has|had|built|drew|found|felt|feels|likes|enjoys|needs|wants|sat|"
    r"sits|stood|spoke|speaks|plays|learnt|thought|thinks|took|takes|got|gets|"
    r"gave|gives|ran|runs|put|works|attends|led|leads|sang|swam|won|knew|knows|"
    r"kept|keeps|held|brought|taught"
    r")\b)"
)
_IS_PLACED = re.compile(
    r" (?:from|at|of|in|for) (?:the )?[\w’']+|,? (?:our|the|a|an|my|her|his) \w+"
)
_STORIES = re.compile(
    r"\b(?:Macbeth|Shakespeare|Hamlet|Burns|[Nn]ovel|[Pp]oem|[Rr]hymes?|[Nn]ativity|"
    r"[Cc]haracters?|[Aa]cted|[Ss]cenes?|[Ll]egends?|[Mm]yths?|"
    r"[Hh]istory|[Cc]astles?|Culloden|Independence|Jacobites?|Queen|King|Vikings?|"
    r"Romans?|[Ff]airy|[Ww]ord problems?|[Rr]obot|[Pp]uppet|[Ss]carecrow|"
    r"[Pp]icture book|[Mm]athematician|[Vv]isitors?|[Cc]ensus|[Tt]he play\b|"
    r"one play)\b"
)
_SPEAKS = re.compile(rf"[’']s\b| {_HUMAN}\b")


def is_adult(before: str, after: str) -> bool:
    """Return whether the words beside a name make it that of staff, an author or another adult."""
    return bool(_ADULT_BEFORE.search(before) or _ADULT_AFTER.match(after))


def speaks_or_owns(after: str) -> bool:
    """Return whether what follows is what a person does: said, was, 's."""
    return bool(_SPEAKS.match(after))


def acts_alone(reading: Reading, start: int, end: int) -> bool:
    """Return whether a lone given name does what people do, in a paragraph that tells no story."""
    after = reading.sentence_after(end, 60)
    if not _ACTS.match(after) or _IS_PLACED.match(after):
        return False
    block = reading.block(start)
    return not _STORIES.search(block) and not reading.titles_between(start - 300, end)


def is_no_person(reading: Reading, start: int, end: int, around: Surroundings) -> bool:
    """Return whether the words are a place, a school, history, fiction or a warning example."""
    words = reading.prose[start:end]
    if fold(words) in _places(around) | public_people() or _PLACE.search(
        words + _next_word(reading.prose, end)
    ):
        return True
    sentence = reading.sentence_before(start) + words + reading.sentence_after(end)
    return bool(
        _LONG_AGO.search(sentence) or _PRETENDED.search(reading.sentence_before(start))
    ) or (_is_fiction(reading, start, end))


def _next_word(prose: str, end: int) -> str:
    match = re.match(r" [A-Z]\w+", prose[end : end + 20])
    return match[0] if match else ""


def _is_fiction(reading: Reading, start: int, end: int) -> bool:
    """Someone in a book: within its title, or after “in” and its title in the same sentence."""
    begin = start - len(reading.sentence_before(start))
    return any(
        (a <= start and end <= b and (a, b) != (start, end))
        or (b <= start and _tells_of(reading, a, b))
        for a, b in reading.titles_between(begin, start + 1)
    )


def _tells_of(reading: Reading, start: int, end: int) -> bool:
    led = _ABOUT_A_WORK.search(reading.prose[max(0, start - 12) : start])
    return bool(led or _WORK_TELLS.match(reading.prose, end))


@lru_cache(maxsize=8)
def _places(around: Surroundings) -> frozenset[str]:
    """The folded names of places and schools, and each word of the school's own name."""
    own = fold(around.school_name)
    return frozenset({fold(place) for place in around.known_places} | {own, *own.split()})
