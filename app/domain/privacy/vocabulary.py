"""The words by which the rules know pupils, stages, staff and unusual circumstances."""

from functools import cache
from importlib import resources

from app.domain.privacy.findings import fold

STAGE = (
    r"(?:[Pp]\.?\s?[1-7]|[Ss]\.?\s?[1-6]|[Pp]rimary [1-7]|[Ss]econdary [1-6]|[Nn]ursery|"
    r"Primary (?:One|Two|Three|Four|Five|Six|Seven))(?=s?\b)"
)
PUPIL = (
    r"(?:[Pp]upil|[Cc]hild|[Ll]earner|[Bb]oy|[Gg]irl|[Ll]ad|[Ll]ass|[Ll]assie|[Bb]airn|"
    r"[Ss]tudent|[Cc]andidate|[Yy]oungster|young person|toddler|[Pp]upil librarian)"
)
PUPILS = (
    r"(?:pupils?|child(?:ren)?|learners?|boys?|girls?|lads?|lass(?:es)?|bairns?|"
    r"students?|candidates?|"
    r"youngsters?|young (?:people|persons?)|toddlers?|siblings?|twins|P[1-7]s?|"
    r"S[1-6]s?|leavers?)\b"
)
KIN = (
    r"(?:mum|mam|mother|dad|father|gran|granny|grandad|grandmother|grandfather|"
    r"parents?|carers?|aunt|auntie|uncle|sister|brother|"
    r"siblings?|family|twin|cousin|key worker|foster carers?|foster mum|social worker)"
)
FRIEND = (
    r"(?:sister|brother|twin|twin sister|twin brother|cousin|son|daughter|friend|"
    r"best friend|pal|partner|buddy|classmate|neighbour)"
)
# Who is named with one of these is an adult at work, in public, or a character.
ROLE = (
    r"(?:author|poet|illustrator|writer|novelist|artist|musician|singer|composer|"
    r"scientist|inventor|activist|athlete|footballer|"
    r"teacher|teachers|headteacher|head teacher|head|depute|deputy|principal|"
    r"probationer|lecturer|tutor|assistant|PSA|practitioner|"
    r"janitor|cook|secretary|clerk|librarian|technician|officer|coordinator|"
    r"co-ordinator|lead|manager|director|chair|colleague|"
    r"vet|nurse|doctor|plumber|coder|farmer|builder|engineer|fisherman|minister|"
    r"chaplain|councillor|provost|constable|"
    r"historian|researcher|professor|psychologist|therapist|worker|coach|instructor|"
    r"trainer|volunteer|storyteller|"
    r"king|queen|saint|hero|heroine|character|bear|dog|cat|robot|scarecrow|puppet|"
    r"teddy|staff|team)"
)
TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Lord|Dame|Rev|Revd|Father|PC|Cllr|"
    r"Councillor|Saint|St|King|Queen|Prince|Princess|Auntie|Uncle|Granny)\.?"
)
ADULT_AT_STAGE = (
    r"(?:\s+(?:class|stage))?\s+(?:[Tt]eacher|staff|assistant|parents?|mums?|dads?|lead|"
    r"team|leader of|practitioner|tutor|colleague|probationer|classroom|room|class\b)"
)

_CONDITION = (
    r"(?:ASN|additional support needs|complex needs|learning difficult\w+|"
    r"learning disabilit\w+|autism|autistic|ASD|Asperger\w*|ADHD|ADD|dyslexi\w+|"
    r"dyscalculi\w+|dyspraxi\w+|DCD|Down[’']?s syndrome|Down syndrome|Tourette\w*|"
    r"cerebral palsy|epilep\w+|diabet\w+|leukaemia|cancer|cystic fibrosis|"
    r"muscular dystrophy|asthma|an[ao]phyla\w+|anorexia|eating disorders?|anxiety|"
    r"depression|PTSD|trauma|selective\w* mut\w+|"
    r"(?:visual|hearing|sight|physical) (?:impairments?|loss|disabilit\w+)|"
    r"visually impaired|hearing impaired|disabilit\w+|disabled|deaf|blind|"
    r"wheelchairs?|hearing aids?|cochlear implants?|non[- ]?verbal|"
    r"f(?:o)?etal alcohol\w*|FASD|global delay|developmental delay|stammers?|"
    r"foster care|"
    r"brain injur\w+|gastrostomy|tube[- ]fed|child[’']?s plans?|"
    r"co-ordinated support plans?|CSPs?)"
)
_LIFE = (
    r"(?:care[- ]experience[d]?|looked[- ]after|kinship care|in care|adopted|"
    r"young carers?|child protection|at risk of harm|"
    r"free (?:school )?meals|FSM|SIMD 1|refugees?|asylum[- ]seek\w+|unaccompanied|"
    r"homeless|temporary accommodation|in (?:a )?refuge|women[’']s refuge|"
    r"Gyps(?:y|ies)(?:[/ -]Travellers?)?|Travellers?|Roma|transgender|trans|"
    r"non-binary|gay|lesbian|bisexual|pregnant|bereaved|bereavement|"
    r"in prison|imprison\w+|on remand|excluded|part-time timetables?|self-harm\w*|"
    r"suicid\w+|school refus\w+|forces|service families)"
)
_ORIGIN = (
    r"(?:EAL|English as an additional language|new to English|"
    r"without (?:any )?English|no English|little English|Syrian|Ukrainian|Polish|"
    r"Afghan|Iraqi|Iranian|"
    r"Kurdish|Eritrean|Ethiopian|Somali|Sudanese|Nigerian|Ghanaian|Pakistani|Indian|"
    r"Bangladeshi|Chinese|Vietnamese|Filipino|Romanian|"
    r"Bulgarian|Lithuanian|Latvian|Russian|Turkish|Arab|African|Black|Asian|Muslim|"
    r"Jewish|Sikh|Hindu|Jehovah[’']s Witness\w*|"
    r"Syria|Ukraine|Poland|Afghanistan|Iraq|Iran|Eritrea|Ethiopia|Somalia|Sudan|"
    r"Nigeria|Pakistan|India|Bangladesh|China|Vietnam|Romania|Bulgaria|Hong Kong)"
)
_ATTAINMENT = r"(?:not on track|below (?:the )?expected level|off track)"
CIRCUMSTANCE = rf"(?:{_CONDITION}|{_LIFE}|{_ORIGIN}|{_ATTAINMENT})(?!\w)"

# Capitalised words that stand where a name might: programmes, plans and parts of the week.
_NOT_NAMES = """
    council equity fund funding premium support voice planning plan plans protection assistant assistants leadership leaders
    parliament line first smart friendly guarantee rights conversations conference profile profiles progress attainment numbers
    number reference tracking records welfare development psychology services service action commission minding
    i a the an and but or so if when while in on at to for from with by of as is was are we our they their he she it his her this that these
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december easter christmas summer autumn winter spring term week year day english maths mathematics science history geography
    art music drama physics chemistry biology french german spanish gaelic scots polish arabic urdu ukrainian mandarin
    makaton signalong scotland scottish higher highers national nationals level early curriculum school primary academy nursery house
    brigade scouts guides bikeability numicon seesaw teams glow scratch python boccia daily mile zero one two three four five six seven
    who what which each every all some most many no not yes then now today later after before once since until here there also even
    mr mrs ms miss dr sir class stage pupils children learners boys girls pupil child learner boy girl parents staff teachers
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())

NUMBERS = {
    word: value
    for value, word in enumerate(
        ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"thirty": 30, "forty": 40}


def number_of(words: str) -> int | None:
    """Return the number that digits or words say, or None: 23, eleven, twenty-three."""
    plain = fold(words)
    if plain.isdecimal():
        return int(plain)
    tens, _, ones = plain.replace(" ", "-").partition("-")
    if tens not in NUMBERS or (ones and ones not in NUMBERS):
        return None
    return NUMBERS[tens] + (NUMBERS[ones] if ones else 0)


@cache
def given_names() -> frozenset[str]:
    """Return the folded given names that are nothing else."""
    return _words_of("given_names.txt") - names_that_are_words()


@cache
def names_that_are_words() -> frozenset[str]:
    """Return the folded given names that are also words, places or surnames."""
    return _words_of("names_that_are_words.txt")


@cache
def public_people() -> frozenset[str]:
    """Return the folded whole names of people and characters that classes learn about."""
    return frozenset(fold(line) for line in _lines_of("public_people.txt"))


def is_given_name(word: str) -> bool:
    """Return whether the word, or the first part of a double name, is a given name and nothing else."""
    plain = fold(word)
    return plain in given_names() or ("-" in plain and plain.partition("-")[0] in given_names())


def may_be_given_name(word: str) -> bool:
    """Return whether the word is a given name, be it something else as well."""
    plain = fold(word)
    if "-" in plain and plain.partition("-")[0] in _all_names():
        return True
    return plain in _all_names()


@cache
def _all_names() -> frozenset[str]:
    return given_names() | names_that_are_words()


def _words_of(file: str) -> frozenset[str]:
    return frozenset(fold(word) for line in _lines_of(file) for word in line.split())


def _lines_of(file: str) -> list[str]:
    text = (resources.files("app.domain.privacy") / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
